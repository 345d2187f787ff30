import { expect, test } from 'vitest'
import { relayed } from '../../src/identify/relayed.ts'
import { system as alibabaJava } from './alibaba-java.ts'
import { system as alipay } from './alipay.ts'
import { system as aliyun } from './aliyun.ts'
import { system as binance } from './binance.ts'
import { system as dingtalk } from './dingtalk.ts'
import { system as huaweiCloud } from './huawei-cloud.ts'
import { system as kraken } from './kraken.ts'
import { system as okx } from './okx.ts'
import { system as tencentCloud } from './tencent-cloud.ts'
import { system as wechat } from './wechat.ts'

const systems = [
  alibabaJava,
  alipay,
  aliyun,
  binance,
  dingtalk,
  huaweiCloud,
  kraken,
  okx,
  tencentCloud,
  wechat,
]

const strange: readonly unknown[] = [
  undefined,
  null,
  '',
  '<Fault><Code/></Fault>',
  'null',
  '[]',
  7,
  [],
  {},
  { error: null },
  { error: 7 },
  { error: [] },
  { error: [7] },
  { error: { code: {} } },
  { Response: null },
  { Response: { Error: 'InternalError' } },
  { code: null },
  { errcode: '__proto__' },
  Object.create(null),
]

test.each(systems.map((system) => [system.name, system.options.catalog] as const))(
  'Y06: %s reads no error out of a body of another shape',
  (_name, catalog) => {
    const read = relayed(catalog)
    for (const data of strange) {
      expect(read(Object.assign(new Error('answered'), { response: { status: 409, data } }))).toBeUndefined()
    }
  },
)
