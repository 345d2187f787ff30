import { databases } from './databases.ts'
import { documents } from './documents.ts'
import { frameworks } from './frameworks.ts'
import { http } from './http.ts'
import { limiters } from './limiters.ts'
import { network } from './network.ts'
import { parsers } from './parsers.ts'
import { requestValidators } from './request-validators.ts'
import { sdks } from './sdks.ts'
import { services } from './services.ts'
import { sql } from './sql.ts'
import { tokens } from './tokens.ts'
import { upstreams } from './upstreams.ts'
import { validators } from './validators.ts'
import type { LookAlikes } from './look-alike.ts'

export const lookAlikes: readonly LookAlikes[] = [
  databases,
  documents,
  frameworks,
  http,
  limiters,
  network,
  parsers,
  requestValidators,
  sdks,
  services,
  sql,
  tokens,
  upstreams,
  validators,
]
