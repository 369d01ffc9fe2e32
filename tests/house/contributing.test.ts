import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'

const page = readFileSync(join(PACKAGE_ROOT, 'CONTRIBUTING.md'), 'utf8')

/** The first cell of each row of the tables under a heading, without its backticks. */
function firstCells(heading: string): readonly string[] {
  const section = page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  return [...section.matchAll(/^\| (`.*?)\s*\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  )
}

describe('the folder table', () => {
  const folders = firstCells('Layout')

  it('names folders that are there', () => {
    expect(folders.filter((folder) => !existsSync(join(PACKAGE_ROOT, folder)))).toEqual([])
  })

  it('names every folder that is there', () => {
    const ignored = ['node_modules', 'dist', 'coverage', 'site', '.git', '.ci', 'src']
    const here = [...foldersOf('.'), ...foldersOf('src').map((name) => `src/${name}`)]
    expect(here.filter((name) => !ignored.includes(name)).toSorted()).toEqual([...folders].toSorted())
  })
})

describe('the dependency table', () => {
  it('gives a reason for each dependency, and for nothing else', () => {
    const manifest = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>
      readonly devDependencies: Readonly<Record<string, string>>
    }
    const versions = { ...manifest.dependencies, ...manifest.devDependencies }
    expect(firstCells('Dependencies').toSorted()).toEqual(Object.keys(versions).toSorted())
    expect(Object.values(versions).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })
})

function foldersOf(path: string): readonly string[] {
  const folder = join(PACKAGE_ROOT, path)
  return readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory())
}
