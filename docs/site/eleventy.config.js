import { existsSync } from 'node:fs'
import { URL, fileURLToPath } from 'node:url'
import { IdAttributePlugin } from '@11ty/eleventy'
import { LINKED_FILES, sitePages } from '../../dist/scripts/site/site-pages.js'

/** `docs/walks.md` is `docs/walks.html` on the site, and a README the index of its folder. */
const onSite = (path) => path.replace(/README\.md$/, 'index.html').replace(/\.md$/, '.html')

/** Makes links to pages of the repository lead to pages of the site. */
function siteLinks(md) {
  md.core.ruler.push('site-links', ({ tokens }) => {
    const links = tokens.flatMap(({ children }) => children ?? []).filter(({ type }) => type === 'link_open')
    for (const link of links) {
      const href = link.attrGet('href') ?? ''
      if (/^[a-z]+:|^#/.test(href)) continue
      const [path, ...anchor] = href.split('#')
      link.attrSet('href', [onSite(path.replace(/\/$/, '/README.md')), ...anchor].join('#'))
    }
  })
}

/** Anchors as hosts of repositories make them: small letters and hyphens, without punctuation. */
const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-')

const root = fileURLToPath(new URL('../..', import.meta.url))

export default async function configure(eleventy) {
  eleventy.amendLibrary('md', (md) => md.set({ html: false }).use(siteLinks))
  eleventy.addPlugin(IdAttributePlugin, { slugify: anchorOf })
  eleventy.addFilter('toTop', (url) => '../'.repeat(url.split('/').length - 2))
  eleventy.addPassthroughCopy({ [`${root}docs/site/site.css`]: 'site.css' })
  for (const path of LINKED_FILES.filter((each) => existsSync(root + each)))
    eleventy.addPassthroughCopy({ [root + path]: path })
  for (const { path, title, markdown } of await sitePages())
    eleventy.addTemplate(path, markdown, {
      title,
      layout: 'layout.njk',
      permalink: onSite(path),
      templateEngineOverride: 'md',
    })
  return { dir: { input: 'docs/site', includes: '.', output: 'site' } }
}
