import { expect } from 'vitest'
import { describeError } from '../../src/handler/describe-error.ts'
import { send } from '../support/raw.ts'
import { onAll } from '../support/served.ts'
import { standardAnswer } from '../support/standard-answer.ts'
import { system } from './alibaba-java.ts'

const { catalog } = system.options

/** An error of the manual by its key. */
function error(key: string): Error {
  return Reflect.construct(catalog.BizError, [key]) as Error
}

const thrown: Readonly<Record<string, readonly string[] | undefined>> = {
  USERNAME_TAKEN: ['A0110', 'A0100', 'A0001'],
  WRONG_PASSWORD: ['A0200', 'A0001'],
  MIDDLEWARE: ['C0001'],
  SYSTEM_ERROR: undefined,
}

const rootTexts: Readonly<Record<string, string>> = { A0001: '用户端错误', C0001: '调用第三方服务出错' }

for (const [key, levels] of Object.entries(thrown)) {
  onAll(
    `Y07: ${key} is told with its levels, the nearest first, and the text of the last`,
    {
      options: {
        catalog,
        envelope: ({ code, parent, parents, parentMessage }) => ({ code, parent, parents, parentMessage }),
      },
      routes: {
        '/': () => {
          throw error(key)
        },
      },
    },
    async ({ port }) => {
      const { code, status, parents } = describeError(error(key), { catalog })
      const parent = levels?.at(-1)
      const body = { code, parent, parents: levels, parentMessage: parent && rootTexts[parent] }
      const raw = await send(port, { path: '/', headers: { 'X-Request-ID': 'probe-1' } })
      expect(raw).toBe(standardAnswer(status, body, { locale: 'zh-CN' }))
      expect(parents).toEqual(levels)
      return raw
    },
  )
}

for (const [envelope, body] of [
  ['two-level', { code: 'A0001', sub_code: 'A0111', message: '用户名已存在', data: null }],
  ['composite', { code: 'A0001', message: '(A0111)用户名已存在' }],
] as const) {
  onAll(
    `Y07: ${envelope} sends the last of three levels`,
    {
      options: { catalog, envelope },
      routes: {
        '/': () => {
          throw error('USERNAME_TAKEN')
        },
      },
    },
    async ({ port }) => {
      const raw = await send(port, { path: '/', headers: { 'X-Request-ID': 'probe-1' } })
      expect(raw).toBe(standardAnswer(409, body, { locale: 'zh-CN' }))
      return raw
    },
  )
}
