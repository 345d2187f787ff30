import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dumps } from './clients.ts'
import { describeWithCompiler, toolchains, writeClients } from './toolchains.ts'

const TIMEOUT = 300_000

for (const toolchain of toolchains) {
  describeWithCompiler(toolchain, () => {
    let folder: string

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), `bizerror-${toolchain.language}-`))
      writeClients(folder, toolchain.language, dumps)
    })
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    test(
      'its compiler and its linter have nothing to say of the clients of any catalog',
      () => {
        expect(toolchain.check(folder)).toBe('')
      },
      TIMEOUT,
    )
  })
}
