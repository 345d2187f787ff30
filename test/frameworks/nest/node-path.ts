import module from 'node:module'

// Nest looks from where it lies for packages that few apps need: above this folder, which has them. Import this first.
process.env['NODE_PATH'] = `${import.meta.dirname}/../node_modules`
;(module as unknown as { _initPaths(): void })._initPaths()
