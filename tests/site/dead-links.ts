import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** What a page of a folder leads to, and what it loads. */
interface Reference {
  /** The page, relative to the folder. */
  readonly page: string
  readonly attribute: string
  readonly target: string
}

const ATTRIBUTE = /<(a|link|img|script|iframe|source)\b[^>]*?\s(href|src)="([^"]*)"/g

/** Every reference of every page below a folder. */
function references(folder: string): readonly Reference[] {
  return pagesOf(folder).flatMap((page) =>
    [...readFileSync(join(folder, page), 'utf8').matchAll(ATTRIBUTE)].map(
      ([, element = '', attribute = '', target = '']) => ({
        page,
        attribute: `${element} ${attribute}`,
        target: target.replaceAll('&amp;', '&'),
      }),
    ),
  )
}

/** The pages below a folder, relative to it. */
export function pagesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'))
}

/** References to files or anchors that are not there: `page: target`. */
export function deadLinks(folder: string): readonly string[] {
  const anchors = new Map<string, ReadonlySet<string>>()
  const anchorsOf = (file: string): ReadonlySet<string> => {
    const known = anchors.get(file) ?? idsOf(file)
    anchors.set(file, known)
    return known
  }
  const isDead = ({ page, target }: Reference): boolean => {
    const [path = '', anchor = ''] = target.split('#')
    const file = path === '' ? join(folder, page) : resolve(folder, dirname(page), decodeURIComponent(path))
    if (relative(folder, file).startsWith('..') || !existsSync(file)) return true
    return anchor !== '' && statSync(file).isFile() && !anchorsOf(file).has(decodeURIComponent(anchor))
  }
  return references(folder)
    .filter(({ target }) => !isOutside(target))
    .filter(isDead)
    .map(({ page, target }) => `${page}: ${target}`)
}

/** What pages load from elsewhere: `page: target`. A link that a reader may follow loads nothing. */
export function loadedFromElsewhere(folder: string): readonly string[] {
  return references(folder)
    .filter(({ attribute, target }) => attribute !== 'a href' && isOutside(target))
    .map(({ page, target }) => `${page}: ${target}`)
}

function isOutside(target: string): boolean {
  return /^([a-z]+:|\/\/)/i.test(target)
}

function idsOf(file: string): ReadonlySet<string> {
  return new Set([...readFileSync(file, 'utf8').matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => id))
}
