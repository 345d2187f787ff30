// What 300, 10,000 and 100,000 codes in 2 and 10 languages cost.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pinned, SERVER_CORE } from './cores.ts'
import { goalResult, type GoalResult } from './goals.ts'
import { spread } from './stats.ts'

const LOCALES = ['en', 'de', 'es', 'fr', 'it', 'ja', 'ko', 'pl', 'pt', 'tr']
const PROBE = fileURLToPath(new URL('scale-probe.js', import.meta.url))

/** Milliseconds and megabytes. */
export interface Cost {
  readonly ms: number
  readonly mb: number
}

/** What a process of its own measured. */
export interface Scale {
  readonly catalog: Cost
  /** A handler, and its first answer: one language is read. */
  readonly first: Cost
  /** The first answer in every other language. */
  readonly rest: Cost
  /** The heap in MB, all languages read and every code seen in one of them. */
  readonly seen: number
  /** Nanoseconds of one look-up: of a text never seen, of one always the same, of any. */
  readonly ns: {
    readonly firstTime: number
    readonly hot: number
    readonly anywhere: number
    readonly i18nextHot: number
    readonly i18nextAnywhere: number
  }
}

export function measureScale(codes: number, locales: number, node: string): Scale {
  const folder = mkdtempSync(join(tmpdir(), 'bizerror-scale-'))
  try {
    const used = LOCALES.slice(0, locales)
    for (const locale of used) {
      mkdirSync(join(folder, locale))
      writeFileSync(join(folder, locale, 'many.json'), JSON.stringify(texts(codes, locale)))
    }
    // The largest catalogs take more than Node's default heap where a machine is small.
    const flags = ['--expose-gc', '--max-old-space-size=4096']
    const probe = [...flags, PROBE, folder, String(codes), used.join(',')]
    const { status, stdout, stderr } = spawnSync(...pinned(SERVER_CORE, node, probe), { encoding: 'utf8' })
    if (status !== 0) throw new Error(`${codes} codes were not measured:\n${stderr}`)
    return JSON.parse(stdout) as Scale
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Sentences as long as real ones. */
function texts(codes: number, locale: string): object {
  return Object.fromEntries(
    Array.from({ length: codes }, (_, index) => [
      100_000 + 9 * index,
      { message: `${locale}: what was asked for cannot be done now, see number ${index}` },
    ]),
  )
}

/** The goals at 100,000 codes in 10 languages. */
export function judgeScale(node: string): readonly GoalResult[] {
  const scales = Array.from({ length: 3 }, () => measureScale(100_000, 10, node))
  return [
    goalResult(
      "a text's look-up at 100,000 codes × 10 languages by i18next's fixed `t`",
      50,
      spread(scales.map(({ ns }) => ns.i18nextAnywhere / ns.anywhere)),
    ),
    goalResult(
      'start there, languages read when first asked for, by all read',
      5,
      spread(scales.map(({ first, rest }) => (first.ms + rest.ms) / first.ms)),
    ),
  ]
}
