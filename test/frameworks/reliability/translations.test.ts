import { takeTurns } from '../../support/frameworks.ts'

// What is said is decided before an adapter writes it; each of them writes a share.
takeTurns(2)
await import('../../reliability/translations.test.ts')
