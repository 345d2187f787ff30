import { say } from './printed.ts'

/** Runs once, before all tests, where the libraries of test/foreign are not installed. */
export function setup(): void {
  say('DID NOT RUN: test/foreign. Its libraries are not installed (npm ci --prefix test/foreign).')
}
