import type { Reporter, Vitest } from 'vitest/node'

/**
 * Puts a failed test into each file that could not be loaded. Stryker looks at tests alone, and would take a change
 * for unseen that breaks what a file does before its first test.
 */
export class Unloaded implements Reporter {
  #vitest: Vitest | undefined

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  onTestModuleEnd({ id }: { readonly id: string }): void {
    const file = this.#vitest?.state.idMap.get(id)
    if (file === undefined || !('filepath' in file) || file.result?.errors === undefined) return
    file.tasks.push({
      id: `${id}_unloaded`,
      name: 'can be loaded',
      fullName: 'can be loaded',
      fullTestName: 'can be loaded',
      type: 'test',
      mode: 'run',
      file,
      result: file.result,
      meta: {},
      annotations: [],
      artifacts: [],
      timeout: 0,
      context: undefined as never,
    })
  }
}
