import { databases } from './databases.ts'
import { http } from './http.ts'
import { limiters } from './limiters.ts'
import type { LookAlikes } from './look-alike.ts'
import { network } from './network.ts'
import { parsers } from './parsers.ts'
import { services } from './services.ts'
import { tokens } from './tokens.ts'
import { upstreams } from './upstreams.ts'
import { validators } from './validators.ts'

export const lookAlikes: readonly LookAlikes[] = [
  databases,
  http,
  limiters,
  network,
  parsers,
  services,
  tokens,
  upstreams,
  validators,
]
