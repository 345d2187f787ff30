import { readdirSync, readFileSync } from 'node:fs'

/** README or a page of the guide: what a user reads. */
export interface Page {
  /** Where it lies, from the root. */
  readonly file: string
  readonly text: string
  readonly fences: readonly Fence[]
  /** The files of texts that it shows, by the path that stands above each: `locales/de/shop.json`. */
  readonly data: ReadonlyMap<string, string>
}

/** A TypeScript block of a page. */
export interface Fence {
  /**
   * Where it stands among the page's files: its first line says it (`// catalog.ts`, or `// catalog.mjs`, which is compiled
   * from a `.mts`), else its number does.
   */
  readonly path: string
  readonly code: string
  /** What follows it on the page, up to the next one. */
  readonly after: string
}

export const GUIDE = 'examples/guide'

function readPage(file: string): Page {
  const text = readFileSync(file, 'utf8')
  return { file, text, fences: fencesOf(text), data: dataOf(text) }
}

function fencesOf(text: string): readonly Fence[] {
  return text
    .split(/^```ts\n/m)
    .slice(1)
    .map((part, index) => {
      const [code = '', ...after] = part.split(/^```$/m)
      const named = code.match(/^\/\/ ([\w./-]+\.(?:ts|mjs))\n/)?.[1]?.replace(/\.mjs$/, '.mts')
      const path = named ?? `block-${index + 1}.ts`
      return { path, code, after: after.join('```') }
    })
}

function dataOf(text: string): ReadonlyMap<string, string> {
  const shown = text.matchAll(/^`([\w./-]+\.(json|yaml))`:?\n\n```\2\n([^]*?)^```$/gm)
  return new Map([...shown].map(([, path, , texts]) => [path!, texts!]))
}

export const pages: readonly Page[] = [
  'README.md',
  ...readdirSync(GUIDE)
    .filter((file) => file.endsWith('.md'))
    .map((file) => `${GUIDE}/${file}`),
].map(readPage)

/** The example apps, each a folder with an app and a README. */
export const examples: readonly string[] = readdirSync('examples', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'guide')
  .map(({ name }) => name)

/** The page of the guide that is called so. */
export function pageOf(name: string): Page {
  const page = pages.find(({ file }) => file === `${GUIDE}/${name}.md`)
  if (page === undefined) throw new Error(`The guide has no page ${name}.md.`)
  return page
}

export const fences: readonly Fence[] = pages.flatMap((page) => page.fences)

/** A block as a module: it gives its app to the test instead of taking a port of its own. */
export function moduleOf(code: string): string {
  const listening = code
    .replace(/^(?:(?:await )?app\.listen|serve)\(.*\)\n/m, '')
    .replace("// Express 4\nimport express from 'express'", "import express from 'express4'")
  return /^const app = /m.test(code) ? `${listening}\nexport { app }\n` : `${listening}\nexport {}\n`
}
