/** The import table of CONTRIBUTING.md, as rules: each layer, and what it must not reach. */
const layer = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.tsx?$' },
  to: { path: '^(src|mocks|steps|features|tests|bench)/', pathNot: allowed },
})

module.exports = {
  forbidden: [
    // Imports of types count: what is read together is understood together.
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    layer('protocol', '^src/protocol/', '^src/protocol/'),
    layer('evidence', '^src/evidence/', '^src/(evidence|protocol)/'),
    layer('model-knows-no-mock', '^src/model/', '^src/(model|protocol)/'),
    layer('explore', '^src/explore/', '^src/(explore|model|evidence|protocol)/'),
    layer('driver-knows-no-mock', '^src/driver/', '^src/(driver|protocol|evidence)/'),
    layer('verdict', '^src/verdict/', '^src/(verdict|protocol|evidence)/'),
    layer('report', '^src/report/', '^src/(report|verdict|protocol|evidence)/'),
    layer('steps', '^steps/', '^(steps|src/(driver|protocol|evidence|model|explore))/'),
    layer('relay-mock', '^mocks/relay/', '^(mocks/(relay|edge|engine)|src/(protocol|evidence))/'),
    layer('bsf-mock', '^mocks/bsf/', '^(mocks/(bsf|edge|engine)|src/(protocol|evidence))/'),
    layer('mstore-mock', '^mocks/mstore/', '^(mocks/(mstore|bsf|edge|engine)|src/(protocol|evidence))/'),
    layer('edge', '^mocks/edge/', '^(mocks/(edge|engine)|src/(protocol|evidence))/'),
    layer('engine', '^mocks/engine/', '^(mocks/engine|src/protocol)/'),
    {
      name: 'mock-rules-know-no-http',
      severity: 'error',
      from: {
        path: '^mocks/(relay|mstore|bsf)/',
        pathNot: '/(app|assemble|control|control-[a-z]+|listener|mount|start)\\.ts$|\\.test\\.ts$',
      },
      to: { path: '^(mocks/edge/|(node:)?(http|https|net|tls|fs)$|node_modules/express/)' },
    },
    {
      name: 'verdict-and-report-know-no-network',
      severity: 'error',
      from: { path: '^src/(verdict|report|evidence|protocol)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(node:)?(http|https|net|tls|dgram|child_process)$' },
    },
    {
      name: 'no-test-code-in-production',
      severity: 'error',
      from: { path: '^(src|mocks|steps)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '(^tests/|\\.test\\.tsx?$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
}
