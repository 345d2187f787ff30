import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { catalog as cdn } from '../../src/catalogs/cdn.ts'
import { catalog as cloudWaf } from '../../src/catalogs/cloud-waf.ts'
import { catalog as gateway } from '../../src/catalogs/gateway.ts'
import { catalog as secrets } from '../../src/catalogs/secrets.ts'
import type { Catalog } from '../../src/catalog/catalog.ts'
import type { Entry } from '../../src/catalog/entry.ts'
import { say } from '../support/printed.ts'
import { FOLDER, readDocuments, type CdnDocument, type Documents } from './documents.ts'

interface Comparison {
  readonly title: string
  readonly compare: (documents: Documents) => void
}

/** Puts rows under their codes, so that both sides are compared whole, whatever their order. */
function byCode<T extends { readonly code: number | string }>(
  rows: Iterable<T>,
  view: (row: T) => unknown,
): Record<string, unknown> {
  const viewed: Record<string, unknown> = {}
  for (const row of rows) {
    expect(viewed, `code ${row.code} stands once`).not.toHaveProperty([String(row.code)])
    viewed[row.code] = view(row)
  }
  return viewed
}

function byName(
  modules: Iterable<{ readonly name: string }>,
): Readonly<Record<string, { readonly name: string }>> {
  return Object.fromEntries([...modules].map((module) => [module.name, module]))
}

/** Every text of an entry. */
function texts({ title, message, description, action }: Entry): object {
  return { title, message, description, action }
}

/** The document's texts in the form of a translators' file. */
function cdnTexts({ common, module }: CdnDocument): Record<string, unknown> {
  return {
    ...byCode(common, ({ type, description }) => ({ title: type, message: type, description })),
    ...byCode(module, ({ description }) => ({ message: description })),
  }
}

function codesOf(rows: Iterable<{ readonly code: number | string }>): ReadonlySet<number | string> {
  return new Set([...rows].map(({ code }) => code))
}

function commonCodes(catalog: Catalog): readonly Entry[] {
  return [...catalog].filter(({ parent }) => parent === undefined)
}

const comparisons: readonly Comparison[] = [
  {
    title: 'cloud-waf: the 112 codes have the status, meaning, action and module of the document',
    compare({ cloudWaf: { codes } }) {
      expect(codes.length).toBe(112)
      expect(codes.filter(({ module }) => module === undefined).length).toBe(6)
      expect(byCode(cloudWaf, (entry) => [entry.status, entry.module, texts(entry)])).toEqual(
        byCode(codes, ({ status, module, meaning, action }) => [
          status,
          module,
          { message: meaning, action },
        ]),
      )
    },
  },
  {
    title: 'cloud-waf: the 7 API Key codes have the Retryable and Re-issue needed of the document',
    compare({ cloudWaf: { codes } }) {
      const stated = codes.filter(({ reissue }) => reissue !== undefined)
      expect(stated.length).toBe(7)
      expect(
        byCode(
          [...cloudWaf].filter(({ notes }) => notes !== undefined),
          ({ retryable, notes }) => ({ retryable, notes }),
        ),
      ).toEqual(
        byCode(stated, ({ retryable, reissue }) => ({ retryable, notes: { 'Re-issue needed': reissue } })),
      )
    },
  },
  {
    title: 'cloud-waf: the 11 modules have the range and description of the document',
    compare({ cloudWaf: { modules, sections } }) {
      expect(modules.length).toBe(11)
      expect(byName(cloudWaf.modules.values())).toEqual(byName(modules))
      expect(sections).toEqual(modules.map(({ name, ranges }) => ({ name, ranges })))
    },
  },
  {
    title: 'cloud-waf: the 3 codes that promise Retry-After in the document have one, and no other',
    compare({ cloudWaf: { retryAfter } }) {
      expect(retryAfter.length).toBe(3)
      expect([...cloudWaf].filter((entry) => entry.retryAfter !== undefined).map(({ code }) => code)).toEqual(
        retryAfter,
      )
    },
  },
  {
    title: 'cdn: the 79 codes have the texts of the English document',
    compare({ cdn: document }) {
      expect([document.common.length, document.module.length]).toEqual([16, 63])
      expect(byCode(cdn, texts)).toEqual(cdnTexts(document))
    },
  },
  {
    title: 'cdn: zh-CN has the 79 texts of the Chinese document, word for word',
    compare({ cdnChinese: document }) {
      expect([document.common.length, document.module.length]).toEqual([16, 63])
      const file = new URL('../../locales/zh-CN/cdn.json', import.meta.url)
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(cdnTexts(document))
    },
  },
  {
    title: 'cdn: the 16 common codes have the status of the README',
    compare({ cdnStatuses }) {
      expect(cdnStatuses.size).toBe(16)
      expect(new Map(commonCodes(cdn).map(({ code, status }) => [code, status]))).toEqual(cdnStatuses)
    },
  },
  {
    title: 'cdn: each of the 63 module codes has a common code as parent, and its status',
    compare({ cdn: { module }, cdnStatuses }) {
      for (const { code } of module) {
        const { parent, status } = cdn.get(code)!
        expect(cdnStatuses.get(Number(parent)), `status of ${code}`).toBe(status)
      }
      expect(cdn.size - commonCodes(cdn).length).toBe(module.length)
    },
  },
  {
    title: 'cdn: module codes refine the common code that the README gives for their kind',
    compare({ cdn: { module } }) {
      const kinds: readonly (readonly [kind: RegExp, parent: number, count: number])[] = [
        [/does not exist/, 5000, 3],
        [/invalid \w* ?parameter|parameter.* is invalid|incorrect parameter/i, 4000, 13],
        [/too many times|call the API frequently/, 4400, 2],
        [/permission|not allowed to|blocked|blacklist|arrears/, 4300, 7],
      ]
      for (const [kind, parent, count] of kinds) {
        const codes = module.filter(({ description }) => kind.test(description)).map(({ code }) => code)
        expect(codes.length, String(kind)).toBe(count)
        for (const code of codes) expect(cdn.get(code)?.parent, `parent of ${code}`).toBe(parent)
      }
    },
  },
  {
    title: 'gateway: the 45 codes have the name, description, recommendation and module of the document',
    compare({ gateway: { global, sub } }) {
      expect([global.length, sub.length]).toEqual([10, 35])
      expect(byCode(gateway, (entry) => [entry.module, texts(entry)])).toEqual(
        byCode([...global, ...sub], ({ module, name, description, recommendation }) => [
          module?.toLowerCase(),
          { title: name, message: description, action: recommendation },
        ]),
      )
    },
  },
  {
    title: 'gateway: the first three digits of a sub code are its status and its parent',
    compare({ gateway: { global, sub } }) {
      expect(sub.filter(({ module }) => module === undefined)).toEqual([])
      expect(byCode(gateway, ({ status, parent }) => ({ status, parent }))).toEqual({
        ...byCode(global, ({ code }) => ({ status: code })),
        ...byCode(sub, ({ code }) => ({ status: Math.floor(code / 100), parent: Math.floor(code / 100) })),
      })
    },
  },
  {
    title: 'gateway: the 3 modules have the ranges and purpose of the document, gaps and overlaps included',
    compare({ gateway: { modules } }) {
      expect(modules.length).toBe(3)
      expect(byName(gateway.modules.values())).toEqual(
        byName(
          modules.map(({ name, ranges, purpose }) => ({
            name: name.toLowerCase(),
            title: name,
            ranges,
            description: purpose,
          })),
        ),
      )
    },
  },
  {
    title: 'gateway: the code 200 of the document is the success',
    compare({ gateway: { global } }) {
      const success = global.find(({ code }) => code === 200)!
      expect(gateway.success).toEqual({ code: success.code, message: success.name })
      expect([...gateway].filter(({ status }) => status < 400).map(({ code }) => code)).toEqual([200])
    },
  },
  {
    title: 'secrets: the 73 codes have the status, section and meaning of the document',
    compare({ secrets: { codes } }) {
      expect(codes.length).toBe(73)
      const given = new Set(codes.filter(({ meaning }) => meaning !== undefined).map(({ code }) => code))
      expect(given.size).toBe(51)
      expect(
        byCode(secrets, (entry) => [
          entry.status,
          secrets.modules.get(entry.module!)?.title,
          given.has(String(entry.code)) ? texts(entry) : 'a sentence of our own',
        ]),
      ).toEqual(
        byCode(codes, ({ status, section, meaning }) => [
          status,
          section,
          meaning === undefined ? 'a sentence of our own' : { message: meaning },
        ]),
      )
      expect([...secrets.modules.values()].map(({ title }) => title)).toEqual([
        ...new Set(codes.map(({ section }) => section)),
      ])
    },
  },
  {
    title: 'secrets: the 22 codes without meaning in the document say in words what was not found',
    compare({ secrets: { codes } }) {
      const written = codes.filter(({ meaning }) => meaning === undefined)
      expect(written.length).toBe(22)
      for (const { code } of written) {
        const entry = secrets.get(code)!
        expect(entry.message.toLowerCase()).toBe(code.replaceAll('_', ' '))
        expect(entry.message).toMatch(/^[A-Z]/)
        expect(texts(entry)).toEqual({ message: entry.message })
      }
    },
  },
  {
    title: 'secrets: every 429 has the Retry-After of the document',
    compare({ secrets: { retryAfter } }) {
      const limits = [...secrets].filter(({ status }) => status === 429)
      expect(limits.length).toBe(2)
      for (const entry of limits) expect(entry.retryAfter).toBe(retryAfter)
    },
  },
  {
    title: 'codes are numbers where the document has numbers, and words in secrets',
    compare(documents) {
      const { common, module } = documents.cdn
      const { global, sub } = documents.gateway
      expect(codesOf(cloudWaf)).toEqual(codesOf(documents.cloudWaf.codes))
      expect(codesOf(cdn)).toEqual(codesOf([...common, ...module]))
      expect(codesOf(gateway)).toEqual(codesOf([...global, ...sub]))
      expect(codesOf(secrets)).toEqual(codesOf(documents.secrets.codes))
    },
  },
]

const documents = readDocuments()

if (documents) {
  for (const { title, compare } of comparisons) test(title, () => compare(documents))
} else {
  const codes = cloudWaf.size + cdn.size + gateway.size + secrets.size
  const notice = `NOT COMPARED: the reference documents were not found in ${FOLDER}, so ${comparisons.length} comparisons of ${codes} codes did not run`
  test(notice, () => say(notice))
  for (const { title } of comparisons) test.skip(title)
}
