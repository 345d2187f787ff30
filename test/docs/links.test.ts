import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { examples, pageOf, pages } from './pages.ts'

interface Link {
  /** The file that it leads to, from the root; the page itself for an anchor alone. */
  readonly to: string
  readonly anchor: string | undefined
}

const CODE = /^```[^]*?^```$|`[^`\n]*`/gm

function linksOf(file: string, text: string): readonly Link[] {
  const written = text.replaceAll(CODE, '`…`')
  return [...written.matchAll(/\]\((?!https:)([^)#]*)(?:#([^)]*))?\)/g)].map(([, path = '', anchor]) => ({
    to: path === '' ? file : posix.join(posix.dirname(file), path),
    anchor,
  }))
}

/** What a heading is called in an address, as GitHub, GitLab and registries have it. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = text.replaceAll(/^```[^]*?^```$/gm, '').matchAll(/^#+ (.*)$/gm)
  const names = [...headings].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
  return new Set(names)
}

let packed: ReadonlySet<string>

beforeAll(async () => {
  const { stdout } = await promisify(execFile)('npm pack --dry-run --json --ignore-scripts', { shell: true })
  const [{ files }] = JSON.parse(stdout) as [{ readonly files: readonly { readonly path: string }[] }]
  packed = new Set(files.map(({ path }) => path))
}, 60_000)

const documents = [
  ...pages,
  ...examples.map((name) => {
    const file = `examples/${name}/README.md`
    return { file, text: readFileSync(file, 'utf8') }
  }),
]

describe.each(documents)('$file', ({ file, text }) => {
  test('is in the package, and so is every file that it links to', () => {
    const missing = [file, ...linksOf(file, text).map(({ to }) => to)].filter((to) => !packed.has(to))
    expect(missing).toEqual([])
  })

  test('links to headings that exist', () => {
    const wrong = linksOf(file, text).filter(
      ({ to, anchor }) => anchor !== undefined && !anchorsOf(readFileSync(to, 'utf8')).has(anchor),
    )
    expect(wrong).toEqual([])
  })
})

test('the pages of the guide are all linked from README, or from its pages of frameworks and of tools', () => {
  const [readme, ...guide] = pages
  const entrances = [readme!, pageOf('frameworks'), pageOf('tools')]
  const linked = new Set(entrances.flatMap(({ file, text }) => linksOf(file, text)).map(({ to }) => to))
  expect(guide.length).toBeGreaterThan(15)
  expect(guide.map(({ file }) => file).filter((file) => !linked.has(file))).toEqual([])
})

test('the page for contributors names files, folders and scripts that exist', () => {
  const contributing = readFileSync('examples/guide/contributing.md', 'utf8')
  const named = [...contributing.matchAll(/`((?:src|test|examples)\/[\w./-]+)`/g)].map(([, path]) => path!)
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((path) => !existsSync(path))).toEqual([])

  const rooms = [...contributing.split('## The house')[1]!.matchAll(/^\| `([\w-]+)`/gm)].map(
    ([, room]) => room!,
  )
  const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(rooms.sort()).toEqual(folders.map(({ name }) => name).sort())

  const scripts = [...contributing.matchAll(/npm (?:run )?([\w:]+)[^`]*`/g)].map(([, name]) => name!)
  expect(scripts.filter((name) => name !== 'ci' && !Object.hasOwn(manifest.scripts, name))).toEqual([])
})
