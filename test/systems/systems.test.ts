import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { testSystem, type System } from './system.ts'

const names = readdirSync(import.meta.dirname)
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => name !== 'system' && !name.endsWith('.test'))

const systems = await Promise.all(
  names.map(
    async (name) => ((await import(/* @vite-ignore */ `./${name}.ts`)) as { readonly system: System }).system,
  ),
)

for (const system of systems) testSystem(system)

test('Y01: no two systems have the same name', () => {
  expect(new Set(systems.map(({ name }) => name)).size).toBe(systems.length)
})
