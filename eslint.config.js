import js from '@eslint/js'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** A layer is crossed by its name, never by a path through another layer. */
const acrossLayers = {
  regex:
    '^\\.\\./(\\.\\./)*(src|mocks|steps|protocol|evidence|model|explore|driver|verdict|report|run|cli|edge|relay|mstore)/',
  message: 'Cross a layer by its name: #protocol/…, #driver/…, #mocks/….',
}

/** `names` are the layers that may be imported; every other layer is refused. */
const onlyLayers = (...names) => ({
  regex: `^#(?!(${names.map((name) => name.replace('/', '\\/')).join('|')})(/|$))`,
  message: `This layer may import only: ${names.join(', ') || 'itself'}.`,
})

const outsideWorld = {
  regex:
    '^(node:)?(http|https|http2|net|tls|dgram|dns|child_process|fs|fs/promises|os|process|timers.*|worker_threads)$',
  message: 'This layer has no I/O, no clock and no randomness.',
}

const network = {
  regex: '^(node:)?(http|https|http2|net|tls|dgram|dns)$',
  message: 'This layer never touches the network.',
}

const restrict = (files, ...patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [acrossLayers, ...patterns] }] },
})

const tests = ['**/*.test.ts', '**/*.test.tsx']

export default defineConfig(
  { ignores: ['dist/', 'coverage/', 'reports/', 'site/', 'node_modules/', '**/*.cjs'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: [
            'eslint.config.js',
            'rolldown.commands.mjs',
            'rolldown.mocks.mjs',
            'docs/site/*.js',
          ],
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'max-params': ['error', 3],
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'Only src/cli/main.ts touches process.' },
      ],
    },
  },
  {
    files: [
      'eslint.config.js',
      'rolldown.commands.mjs',
      'rolldown.mocks.mjs',
      'vitest.config.ts',
      'docs/site/*.js',
    ],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    files: ['eslint.config.js', 'rolldown.commands.mjs', 'rolldown.mocks.mjs', 'docs/site/*.js'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    files: ['src/cli/main.ts', 'tests/**', 'bench/**', 'scripts/**'],
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    // A test callback may be long, and assertions on mocked shapes read better unannotated.
    files: tests,
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  {
    // A step takes one argument for each parameter of its phrase.
    files: ['steps/**'],
    rules: { 'max-params': 'off' },
  },
  // Its names are checked by the compiler, with the types of a browser.
  { files: ['report-page/*.js'], rules: { 'no-undef': 'off' } },
  restrict(['src/evidence/**'], onlyLayers('protocol'), outsideWorld),
  restrict(['src/protocol/**'], onlyLayers(), outsideWorld),
  restrict(['src/model/**'], onlyLayers('protocol'), outsideWorld),
  restrict(['src/explore/**'], onlyLayers('protocol', 'evidence', 'model'), network),
  restrict(['src/driver/**'], onlyLayers('protocol', 'evidence')),
  restrict(['src/verdict/**'], onlyLayers('protocol', 'evidence'), network),
  restrict(['src/report/**'], onlyLayers('protocol', 'evidence', 'verdict'), network),
  restrict(['mocks/**'], onlyLayers('protocol', 'evidence', 'mocks'), {
    regex: '^#mocks/(relay|mstore|bsf)/',
    message: 'A mock never reaches into another.',
  }),
  restrict(['mocks/engine/**'], onlyLayers('protocol'), outsideWorld),
  restrict(['mocks/relay/**'], onlyLayers('protocol', 'evidence', 'mocks/edge', 'mocks/engine')),
  restrict(
    ['mocks/relay/!(app|assemble|control|control-data|control-owner|mount|start).ts'],
    onlyLayers('protocol', 'mocks/engine'),
    outsideWorld,
    {
      regex: '^express$',
      message: 'Only the edge of a mock knows HTTP.',
    },
  ),
  restrict(['mocks/bsf/**'], onlyLayers('protocol', 'evidence', 'mocks/edge', 'mocks/engine')),
  restrict(['mocks/bsf/!(listener).ts'], onlyLayers('protocol', 'mocks/engine'), outsideWorld, {
    regex: '^express$',
    message: 'Only the edge of a mock knows HTTP.',
  }),
  restrict(
    ['mocks/mstore/**'],
    onlyLayers('protocol', 'evidence', 'mocks/bsf', 'mocks/edge', 'mocks/engine'),
  ),
  restrict(
    ['mocks/mstore/!(assemble|control|control-*|listener|start).ts'],
    onlyLayers('protocol', 'mocks/bsf', 'mocks/engine'),
    outsideWorld,
    {
      regex: '^express$',
      message: 'Only the edge of a mock knows HTTP.',
    },
  ),
  restrict(['steps/**'], onlyLayers('driver', 'protocol', 'evidence', 'model', 'explore')),
  {
    // The world opens a session, and a walk, of either protocol.
    files: ['steps/shared/world.ts', 'steps/shared/support/open-walk.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [onlyLayers('driver', 'protocol', 'evidence', 'model', 'explore')] },
      ],
    },
  },
  restrict(tests),
  { files: ['tests/**'], rules: { 'no-restricted-imports': 'off' } },
)
