import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { pageOf, pages } from './pages.ts'

const { text } = pages[0]!

test('README is a first page: 25 KB, its first answers on the second screen', () => {
  expect(statSync('README.md').size).toBeLessThan(25_000)
  expect(text.slice(0, text.indexOf('```http')).split('\n').length).toBeLessThan(80)
})

test('README names the two commands for a fresh machine, and they exist', () => {
  const commands = [...text.matchAll(/npm ci && npm (\w+)/g)].map(([, name]) => name!)
  expect(commands).toEqual(['start', 'test'])
  expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(commands))
})

test('what the guide says of versions is what is tested', () => {
  const { text: stability } = pageOf('stability')
  const { engines, devDependencies } = manifest
  expect(stability).toContain(`${engines.node.replace('>=', '')} and later`)
  for (const name of ['express', 'koa'] as const) {
    const older = devDependencies[name === 'express' ? 'express4-lowest' : 'koa2-lowest']
    const lowest = [older, devDependencies[`${name}-lowest`]].map((range) => range.match(/\^(\d+\.\d+)/)![1])
    expect(stability).toContain(`${lowest.join(' and later, ')} and later`)
  }
})
