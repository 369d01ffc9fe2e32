import { join } from 'node:path'
import ts from 'typescript'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'

/**
 * What is wrong with a document by the type of its kind, such as `batch/v1.Job`: a line for each fault, a member that
 * the type does not have among them.
 */
export function faultsByTypes(kind: string, document: unknown): readonly string[] {
  const [group = '', version = '', name = ''] = kind.split(/[/.]/)
  const types = join(PACKAGE_ROOT, 'node_modules/kubernetes-types', group, version)
  const text = `import type { ${name} } from ${JSON.stringify(types)}
export const document: ${name} = ${JSON.stringify(document)}`
  const file = join(PACKAGE_ROOT, 'document.ts')
  const options = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    module: ts.ModuleKind.NodeNext,
  }
  const host = ts.createCompilerHost(options)
  const program = ts.createProgram([file], options, {
    ...host,
    fileExists: (path) => path === file || host.fileExists(path),
    getSourceFile: (path, ...rest) =>
      path === file
        ? ts.createSourceFile(path, text, ts.ScriptTarget.ESNext)
        : host.getSourceFile(path, ...rest),
  })
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}
