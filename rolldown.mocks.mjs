import { copyFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { dts } from 'rolldown-plugin-dts'

/** Where what `touchstone/mocks` is for CommonJS, and its types for everybody, are put. */
const FOLDER = 'dist/mocks/bundled'

/** Finds declarations by the name of their layer, as package.json has it for code. */
const layers = {
  name: 'layers',
  resolveId: (id) => {
    const [, layer, path] = /^#(\w+)\/(.+)\.ts$/.exec(id) ?? []
    if (layer === undefined) return null
    return resolve(layer === 'mocks' ? 'dist/mocks' : `dist/src/${layer}`, `${path}.d.ts`)
  },
}

/** CommonJS and ES modules have the same types; the ending says whose they are. */
const forCommonJs = {
  name: 'for-commonjs',
  writeBundle: () => {
    copyFileSync(`${FOLDER}/index.d.ts`, `${FOLDER}/index.d.cts`)
  },
}

export default [
  {
    input: { index: 'dist/mocks/index.js' },
    platform: 'node',
    external: [/^(?!#|\.|\/)/],
    output: { dir: FOLDER, format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs' },
  },
  {
    input: { index: 'dist/mocks/index.d.ts' },
    plugins: [layers, dts({ dtsInput: true, emitDtsOnly: true, tsconfig: false }), forCommonJs],
    output: { dir: FOLDER, format: 'es' },
  },
]
