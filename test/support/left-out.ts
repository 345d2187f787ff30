import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { APART } from './apart.ts'
import { say } from './printed.ts'

/** Runs once, before all tests, where the libraries of some are not installed. */
export function setup(): void {
  for (const folder of APART) {
    if (existsSync(fileURLToPath(new URL(`../../${folder}/node_modules`, import.meta.url)))) continue
    say(`DID NOT RUN: ${folder}. Its libraries are not installed (npm ci --prefix ${folder}).`)
  }
}
