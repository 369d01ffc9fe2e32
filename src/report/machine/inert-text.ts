/** Text that a log of GitHub Actions shows as it is: no line of it is a command, whatever it begins with. */
export function inertText(text: string): string {
  return text.replace(/^([^\S\n]*):(?=:)/gm, '$1:\u2060').replaceAll('##[', '#\u2060#[')
}
