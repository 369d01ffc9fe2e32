import { percentDecode } from '#protocol/percent.ts'

/** The numbers, `+14155550100`, that a request names in its target and in its Authorization. */
export function numbersIn(target: string, authorization: string): readonly string[] {
  const [, basic = ''] = /^basic +(\S+)$/i.exec(authorization) ?? []
  const texts = [percentDecode(target) ?? target, Buffer.from(basic, 'base64').toString('latin1')]
  return texts.flatMap((text) => text.match(/\+[0-9]{1,15}(?![0-9])/g) ?? [])
}
