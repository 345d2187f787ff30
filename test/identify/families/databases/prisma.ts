import { PrismaPg } from '@prisma/adapter-pg'
import {
  getPrismaClient,
  type GetPrismaClientConfig,
  type RuntimeDataModel,
} from '@prisma/client/runtime/client'
import type { Postgres } from './postgres.ts'

interface Model {
  readonly create: (query: object) => Promise<unknown>
  readonly update: (query: object) => Promise<unknown>
  readonly findMany: (query?: object) => Promise<unknown>
  readonly findUniqueOrThrow: (query: object) => Promise<unknown>
}

/** The part of a client for SCHEMA that the tests use. */
export interface PrismaClient {
  readonly member: Model
  readonly rental: Model
  readonly $queryRawUnsafe: (sql: string) => Promise<unknown>
  readonly $transaction: (
    action: (transaction: PrismaClient) => Promise<unknown>,
    options?: { readonly timeout?: number; readonly maxWait?: number; readonly isolationLevel?: string },
  ) => Promise<unknown>
  readonly $disconnect: () => Promise<void>
}

const SCHEMA = `
  datasource db {
    provider = "postgresql"
  }
  model Member {
    id      Int      @id @default(autoincrement())
    name    String   @unique
    key     String?  @db.Uuid
    rentals Rental[]
    @@map("members")
  }
  model Rental {
    id       Int    @id @default(autoincrement())
    memberId Int    @map("member")
    member   Member @relation(fields: [memberId], references: [id])
    @@map("rentals")
  }
`

const DATA_MODEL = {
  enums: {},
  types: {},
  models: {
    Member: {
      dbName: 'members',
      schema: null,
      fields: [
        { name: 'id', kind: 'scalar', type: 'Int' },
        { name: 'name', kind: 'scalar', type: 'String' },
        { name: 'key', kind: 'scalar', type: 'String' },
        { name: 'rentals', kind: 'object', type: 'Rental', relationName: 'MemberToRental' },
      ],
    },
    Rental: {
      dbName: 'rentals',
      schema: null,
      fields: [
        { name: 'id', kind: 'scalar', type: 'Int' },
        { name: 'memberId', kind: 'scalar', type: 'Int', dbName: 'member' },
        { name: 'member', kind: 'object', type: 'Member', relationName: 'MemberToRental' },
      ],
    },
  },
}

// Without types.
const COMPILER = '@prisma/client/runtime/query_compiler_fast_bg.postgresql'
declare const WebAssembly: { readonly Module: new (code: Buffer) => unknown }

/**
 * What `prisma generate` writes for SCHEMA, as far as these tests need it: the generator itself downloads its engines.
 * All the rest is Prisma's own: the client's run time, the compiler of queries, the adapter.
 */
const config: GetPrismaClientConfig = {
  previewFeatures: [],
  clientVersion: '7.10.0',
  engineVersion: '',
  activeProvider: 'postgresql',
  inlineSchema: SCHEMA,
  runtimeDataModel: DATA_MODEL as unknown as RuntimeDataModel,
  // An empty one: no query is kept for other parameters.
  parameterizationSchema: { strings: [], graph: 'AAAAAAAA' },
  compilerWasm: {
    getRuntime: () => import(`${COMPILER}.mjs`),
    async getQueryCompilerWasmModule() {
      const { wasm } = (await import(`${COMPILER}.wasm-base64.mjs`)) as { readonly wasm: string }
      return new WebAssembly.Module(Buffer.from(wasm, 'base64'))
    },
    importName: './query_compiler_fast_bg.js',
  },
}

const Client = getPrismaClient(config)

/** Connects when it is first asked something. */
export function prismaClient(
  connection: Postgres['connection'],
  pool: { readonly max?: number } = {},
): PrismaClient {
  return new Client({ adapter: new PrismaPg({ ...connection, ...pool }) }) as unknown as PrismaClient
}
