import { isObject } from '../../guard/options.ts'
import { read } from '../../guard/read.ts'

/** ApplicationConfig of @nestjs/core. */
interface Config {
  readonly getGlobalFilters: () => unknown[]
  addGlobalFilter: (filter: unknown) => void
}

/**
 * Lets the filters of an app go before one that takes everything. Nest asks the global filter first that was added last,
 * and adds those of the root module first. It shows its config to nobody: without a look at it, their order stays.
 *
 * @param filter - that is not yet added
 */
export function yieldToOthers(filter: object, moduleRef: unknown): void {
  const config = read(read(moduleRef, 'container'), 'applicationConfig')
  if (!isConfig(config)) return
  const add = config.addGlobalFilter.bind(config)
  config.addGlobalFilter = (added) => {
    if (added === filter) config.getGlobalFilters().unshift(added)
    else add(added)
  }
}

function isConfig(value: unknown): value is Config {
  return (
    isObject(value) &&
    typeof read(value, 'getGlobalFilters') === 'function' &&
    typeof read(value, 'addGlobalFilter') === 'function'
  )
}
