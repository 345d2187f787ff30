import { takeTurns } from '../../support/frameworks.ts'

// One of each kind: those of a kind share the adapter that reads and writes headers.
takeTurns(4)
await import('../../reliability/client-ids.test.ts')
