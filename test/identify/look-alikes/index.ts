import { network } from './network.ts'
import { tokens } from './tokens.ts'
import type { LookAlikes } from './look-alike.ts'

export const lookAlikes: readonly LookAlikes[] = [network, tokens]
