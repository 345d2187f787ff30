// The other side: reads what a server answered. For browsers as well: nothing here needs Node.
export type { Code } from '../catalog/code.ts'
