// What report.html does in a browser: it opens what a link points to, unpacks the steps of a scenario when they are
// opened, filters the requirements, and copies commands. Without it the page shows all but the steps.

/** @typedef {{ readonly q: string, readonly verdict: string, readonly level: string, readonly basis: string, readonly area: string }} Filter */

/** What a filter holds a requirement against; text is searched for by `q`. */
const FIELDS = /** @type {const} */ (['verdict', 'level', 'basis', 'area'])

/** @template {Element} T @param {string} selector @param {new () => T} type @returns {T[]} */
function all(selector, type, root = /** @type {ParentNode} */ (document)) {
  const isOne = /** @returns {element is T} */ (/** @type {Element} */ element) => element instanceof type
  return [...root.querySelectorAll(selector)].filter(isOne)
}

// The steps of scenarios

/** @typedef {{ readonly pieces: readonly string[], readonly texts: Readonly<Record<string, readonly (string | number)[]>> }} Packed */

/** @type {Map<string, Promise<Packed>>} */
const unpacked = new Map()

/** The steps of a feature's scenarios as HTML: pieces, and by the id of the scenario their numbers and what is between. @param {string} feature */
function stepsOf(feature) {
  const known = unpacked.get(feature)
  if (known !== undefined) return known
  const packed = document.getElementById(`steps-${feature}`)?.textContent ?? ''
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  const steps = /** @type {Promise<Packed>} */ (new Response(stream).json())
  unpacked.set(feature, steps)
  return steps
}

/** Puts its steps into a scenario that is opened for the first time. @param {HTMLDetailsElement} scenario */
async function fill(scenario) {
  const { steps: feature } = scenario.dataset
  if (feature === undefined) return
  delete scenario.dataset['steps']
  const place = scenario.querySelector('.steps-here')
  if (place === null) return
  const { pieces, texts } = await stepsOf(feature)
  // The HTML was made by the report with everything from outside escaped, and the page's policy runs no script in it.
  place.innerHTML = (texts[scenario.id] ?? [])
    .map((part) => (typeof part === 'number' ? pieces[part] : part))
    .join('')
  addCopyButtons(place)
}

document.addEventListener(
  'toggle',
  ({ target }) => {
    if (target instanceof HTMLDetailsElement && target.open) void fill(target)
  },
  true,
)

// Links into the page

/** Opens what the address points to, and everything around it. */
function followAddress() {
  const filter = filterOf(location.hash)
  if (filter !== null) show(filter)
  else if (location.hash.length > 1) reveal(decodeURIComponent(location.hash.slice(1)))
}

/** @param {string} id */
function reveal(id) {
  const element = document.getElementById(id)
  if (element === null) return
  if (element.closest('[hidden]') !== null) show(NO_FILTER)
  for (let each = /** @type {Element | null} */ (element); each !== null; each = each.parentElement)
    if (each instanceof HTMLDetailsElement) each.open = true
  element.scrollIntoView()
}

// The filter of requirements

/** @type {Filter} */
const NO_FILTER = { q: '', verdict: '', level: '', basis: '', area: '' }

const form = all('form.filter', HTMLFormElement)[0]
const count = document.getElementById('filter-count')

/** The filter in an address: `#?verdict=violated&q=prekey`; null where it holds none. @param {string} hash @returns {Filter | null} */
function filterOf(hash) {
  if (!hash.startsWith('#?')) return null
  const query = new URLSearchParams(hash.slice(2))
  const of = (/** @type {string} */ name) => query.get(name) ?? ''
  return { q: of('q'), verdict: of('verdict'), level: of('level'), basis: of('basis'), area: of('area') }
}

/** What the form says. @returns {Filter} */
function filterOfForm() {
  const data = new FormData(form)
  const of = (/** @type {string} */ name) => {
    const value = data.get(name)
    return typeof value === 'string' ? value : ''
  }
  return { q: of('q'), verdict: of('verdict'), level: of('level'), basis: of('basis'), area: of('area') }
}

/** @param {Filter} filter */
function isEmpty(filter) {
  return Object.values(filter).every((value) => value === '')
}

/** Shows the requirements that fit a filter, in the form as well. @param {Filter} filter */
function show(filter) {
  for (const [name, value] of Object.entries(filter)) {
    const field = form?.elements.namedItem(name)
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value
  }
  const words = filter.q.toLowerCase().split(/\s+/)
  const rows = all('tr[data-verdict]', HTMLTableRowElement)
  const fitting = rows.filter((row) => fits(row, filter, words))
  for (const row of rows) row.hidden = !fitting.includes(row)
  for (const area of all('details.area', HTMLDetailsElement)) {
    area.hidden = area.querySelector('tr[data-verdict]:not([hidden])') === null
    if (!isEmpty(filter)) area.open = !area.hidden
  }
  if (count !== null) count.textContent = `${fitting.length} of ${rows.length} requirements`
}

/** @param {HTMLTableRowElement} row @param {Filter} filter @param {readonly string[]} words */
function fits({ dataset, textContent }, filter, words) {
  const text = textContent.toLowerCase()
  return (
    FIELDS.every((name) => filter[name] === '' || filter[name] === dataset[name]) &&
    words.every((word) => text.includes(word))
  )
}

function filterChanged() {
  const filter = filterOfForm()
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''))
  history.replaceState(null, '', isEmpty(filter) ? '#requirements' : `#?${query.toString()}`)
  show(filter)
}

// Buttons and keys

/** @param {string} text @param {(button: HTMLButtonElement) => void} pressed */
function button(text, pressed) {
  const made = document.createElement('button')
  made.type = 'button'
  made.textContent = text
  made.addEventListener('click', () => {
    pressed(made)
  })
  return made
}

/** A button to copy each command and each message. @param {ParentNode} root */
function addCopyButtons(root) {
  for (const text of all('pre', HTMLPreElement, root)) {
    const copy = button('Copy', (pressed) => {
      void navigator.clipboard.writeText(text.textContent).then(
        () => (pressed.textContent = 'Copied'),
        () => getSelection()?.selectAllChildren(text),
      )
    })
    const label = text.previousElementSibling
    if (label instanceof HTMLParagraphElement) label.append(' ', copy)
    else text.before(copy)
  }
}

/** @param {boolean} open */
function toggleAreas(open) {
  for (const details of all('details.area, details.feature', HTMLDetailsElement)) details.open = open
}

document.addEventListener('keydown', (event) => {
  const search = form?.elements.namedItem('q')
  const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement
  if (event.key !== '/' || isTyping || !(search instanceof HTMLInputElement)) return
  event.preventDefault()
  search.focus()
})

if (form !== undefined) {
  form.hidden = false
  form.addEventListener('input', filterChanged)
  form.addEventListener('reset', () => setTimeout(filterChanged))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
  })
  form.append(
    button('Open all', () => {
      toggleAreas(true)
    }),
    button('Close all', () => {
      toggleAreas(false)
    }),
  )
}
addCopyButtons(document)
addEventListener('hashchange', followAddress)
followAddress()
