import { takeTurns } from '../../support/frameworks.ts'

// One of each kind: those of a kind share the adapter that catches what is thrown.
takeTurns(4)
await import('../../reliability/thrown-values.test.ts')
