import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('npm start -- --once sends eight requests, prints each with its answer, and ends', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'examples/cloud-waf/start.ts', '--once'],
    { encoding: 'utf8', timeout: 20_000 },
  )
  const answers = [...stdout.matchAll(/^< (\d{3}) /gm)].map(([, code]) => Number(code))
  expect({ status, stderr, answers }).toEqual({
    status: 0,
    stderr: '',
    answers: [409, 409, 400, 404, 429, 200, 401, 404],
  })
  expect(stdout.match(/^# /gm)).toHaveLength(8)
  expect(stdout).toContain('< {"code":1006,"message":"用户名已存在"}')
  expect(stdout).not.toContain('< hunter2')
})
