import { createRequire } from 'node:module'
import createError from 'http-errors'
import { ObjectId as WireId } from 'mongodb'
import mongoose9, { type Connection } from 'mongoose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recognize } from '../../src/identify/recognition.ts'
import { startMongo, type MongoServer } from '../support/mongo-server.ts'
import { field } from './answered.ts'
import { becomes } from './becomes.ts'
import { failureOf } from '../support/failure-of.ts'

const secret = 'hunter2'

// Its types declare the module `mongoose`.
const mongoose8 = createRequire(import.meta.url)('mongoose8') as typeof mongoose9

const versions = [
  ['mongoose 9', mongoose9],
  ['mongoose 8', mongoose8],
] as const

describe.each(versions)('%s', (name, mongoose) => {
  const { Schema, Types } = mongoose
  const { ObjectId, UUID, Decimal128, BigInt: Big, Int32, Double } = Schema.Types
  const connection: Connection = mongoose.createConnection()

  const Member = connection.model(
    'Member',
    new Schema({
      name: { type: String, minlength: 3, maxlength: 5, match: /^a/ },
      email: { type: String, required: [true, `${secret} {VALUE}`] },
      role: { type: String, enum: ['admin', 'guest'] },
      age: { type: Number, min: 18, max: 99 },
      born: { type: Date, min: new Date('1900-01-01'), max: new Date('2026-01-01') },
      odd: { type: String, validate: (value: string) => value === 'x' },
      own: { type: String, validate: { validator: () => false, type: secret, message: `${secret} {VALUE}` } },
      failing: { type: String, validate: () => Promise.reject(new Error(secret)) },
      address: { city: { type: String, required: true } },
      home: new Schema({ city: { type: String, required: true } }),
      items: [new Schema({ name: { type: String, required: true }, price: Number })],
      scores: [Number],
      table: [[Number]],
      limits: { type: Map, of: { type: Number, min: 3 } },
      homes: { type: Map, of: new Schema({ city: { type: String, required: true } }) },
      ref: ObjectId,
      uuid: UUID,
      amount: Decimal128,
      big: Big,
      int: Int32,
      double: Double,
      ok: Boolean,
      bytes: Buffer,
      exact: new Schema({ known: String }, { strict: 'throw' }),
      id2: { type: String, immutable: true },
    }),
  )
  const Strict = connection.model(
    'Strict',
    new Schema(
      { name: String, address: { city: String } },
      { strict: 'throw', strictQuery: 'throw', autoIndex: false },
    ),
  )
  const valid = { email: 'a@b.c', address: { city: 'x' } }
  const invalid = (given: object): (() => Promise<unknown>) => {
    return () => new Member({ ...valid, ...given }).validate()
  }
  const one = (what: string, given: object, ...fields: readonly object[]) => ({
    what,
    fail: invalid(given),
    becomes: 'validation-failed' as const,
    fields,
    logged: { type: 'ValidationError' },
  })

  becomes(`R08: a ValidationError of ${name} tells its fields, by kind`, [
    one('required', { email: undefined }, field('email', 'required')),
    one('minlength', { name: 'al' }, field('name', 'too_short', { min: 3 })),
    one('maxlength', { name: 'a'.repeat(9) }, field('name', 'too_long', { max: 5 })),
    one('a pattern', { name: 'bob' }, field('name', 'invalid_format')),
    one('enum', { role: secret }, field('role', 'not_allowed')),
    one('min', { age: 3 }, field('age', 'too_small', { min: 18 })),
    one('max', { age: 300 }, field('age', 'too_large', { max: 99 })),
    one(
      'min of a date',
      { born: new Date(-1e13) },
      field('born', 'too_early', { min: '1900-01-01T00:00:00.000Z' }),
    ),
    one(
      'max of a date',
      { born: new Date(1e13) },
      field('born', 'too_late', { max: '2026-01-01T00:00:00.000Z' }),
    ),
    one('a validator of the app', { odd: secret }, field('odd', 'invalid')),
    one('a kind of the app, with its message', { own: secret }, field('own', 'invalid')),
    one('a validator that rejects', { failing: secret }, field('failing', 'invalid')),
    one('a nested path', { address: {} }, field('address.city', 'required')),
    one('a subdocument', { home: {} }, field('home.city', 'required')),
    one('an item of an array', { items: [{ name: 'x' }, {}] }, field('items[1].name', 'required')),
    one('a value of a Map', { limits: { a: 1 } }, field('limits.a', 'too_small', { min: 3 })),
    one('a document in a Map', { homes: { a: {} } }, field('homes.a.city', 'required')),
    one('a number', { age: secret }, field('age', 'invalid_type', { expected: 'number' })),
    one('a text', { name: {} }, field('name', 'invalid_type', { expected: 'string' })),
    one('a date', { born: secret }, field('born', 'invalid_date')),
    one('an ObjectId', { ref: secret }, field('ref', 'invalid_format', { format: 'ObjectId' })),
    one('a UUID', { uuid: secret }, field('uuid', 'invalid_uuid')),
    one('a Decimal128', { amount: secret }, field('amount', 'invalid_type', { expected: 'number' })),
    one('a BigInt', { big: secret }, field('big', 'not_integer')),
    one('an Int32', { int: 1.5 }, field('int', 'not_integer')),
    one('a Double', { double: secret }, field('double', 'invalid_type', { expected: 'number' })),
    one('a boolean', { ok: secret }, field('ok', 'invalid_type', { expected: 'boolean' })),
    one('a Buffer', { bytes: { a: 1 } }, field('bytes', 'invalid_type')),
    one(
      'a number in a list',
      { scores: [1, secret] },
      field('scores[1]', 'invalid_type', { expected: 'number' }),
    ),
    one('a number in a list of lists', { table: [[1], [secret]] }, field('table[1]', 'invalid_type')),
    one(
      'a text in place of a subdocument',
      { home: secret },
      field('home', 'invalid_type', { expected: 'object' }),
    ),
    one(
      'a text in place of a Map',
      { limits: secret },
      field('limits', 'invalid_type', { expected: 'object' }),
    ),
    one(
      'a number in a subdocument',
      { items: [{ name: 'x', price: secret }] },
      field('items[0].price', 'invalid_type', { expected: 'number' }),
    ),
    one('a field too many in a subdocument', { exact: { other: 1 } }, field('exact.other', 'unknown_field')),
    one(
      'several',
      { name: 'al', age: 3 },
      field('name', 'too_short', { min: 3 }),
      field('age', 'too_small', { min: 18 }),
    ),
    {
      what: 'a path that cannot be changed',
      fail: () => {
        const member = new (connection.model(
          'Fixed',
          new Schema({ id2: { type: String, immutable: true } }, { strict: 'throw' }),
          undefined,
          { overwriteModels: true },
        ))()
        member.init({ _id: new Types.ObjectId(), id2: 'a' })
        member.set('id2', 'b')
        return member.validate()
      },
      becomes: 'validation-failed',
      fields: [field('id2', 'invalid')],
    },
    {
      what: 'what the app finds itself',
      fail: () => {
        const member = new Member(valid)
        member.invalidate('name', new Error(secret))
        member.invalidate('role', secret, secret, secret)
        return member.validate()
      },
      becomes: 'validation-failed',
      fields: [field('name', 'invalid'), field('role', 'invalid')],
    },
    {
      what: 'validators of an update',
      fail: () => Member.updateOne({}, { age: 1, 'items.0.name': '' }, { runValidators: true }),
      becomes: 'validation-failed',
      fields: [field('items[0].name', 'required'), field('age', 'too_small', { min: 18 })],
    },
    {
      what: 'documents that are inserted at once',
      fail: () =>
        Member.insertMany([{}, { ...valid, age: 1 }], { ordered: false, throwOnValidationError: true }),
      becomes: 'validation-failed',
      fields: [
        field('[0].address.city', 'required'),
        field('[0].email', 'required'),
        field('[1].age', 'too_small', { min: 18 }),
      ],
      logged: { type: 'MongooseBulkWriteError' },
    },
  ])

  becomes(`R08: what ${name} cannot cast, or has no field for, is told alone`, [
    {
      what: 'an id that is none',
      fail: () => Member.findById(secret),
      becomes: 'validation-failed',
      fields: [field('_id', 'invalid_format', { format: 'ObjectId' })],
      logged: { type: 'CastError' },
    },
    {
      what: 'a filter',
      fail: () => Member.find({ age: { $gt: secret } } as object),
      becomes: 'validation-failed',
      fields: [field('age', 'invalid_type', { expected: 'number' })],
    },
    {
      what: 'an update',
      fail: () => Member.updateOne({}, { $inc: { age: secret } } as object),
      becomes: 'validation-failed',
      fields: [field('age', 'invalid_type', { expected: 'number' })],
    },
    {
      what: 'a field that the schema does not have',
      fail: () => new Strict({ isAdmin: true }),
      becomes: 'validation-failed',
      fields: [field('isAdmin', 'unknown_field')],
      logged: { type: 'StrictModeError' },
    },
    {
      what: 'a filter by a field that the schema does not have',
      fail: () => Strict.find({ isAdmin: true } as object),
      becomes: 'validation-failed',
      fields: [field('isAdmin', 'unknown_field')],
    },
    {
      what: 'a text in place of an object',
      fail: () => new Strict({ address: secret }),
      becomes: 'validation-failed',
      fields: [field('address', 'invalid_type', { expected: 'object' })],
      logged: { type: 'ObjectExpectedError' },
    },
  ])

  becomes(`R08: a status that the app has chosen for an error of ${name} keeps the fields`, [
    {
      what: '`ctx.throw(422, error)`',
      fail: async () => {
        const member = new Member({ email: secret, address: { city: secret }, age: 7 })
        throw createError(422, (await failureOf(() => member.validate())) as Error)
      },
      becomes: undefined,
      status: 422,
      fields: [field('age', 'too_small', { min: 18 })],
      logged: { type: 'ValidationError' },
    },
    {
      what: '`ctx.throw(error)`, which chooses none',
      fail: async () => {
        throw createError((await failureOf(() => Member.findOne({ age: secret as never }))) as Error)
      },
      becomes: 'validation-failed',
      fields: [field('age', 'invalid_type', { expected: 'number' })],
      logged: { type: 'CastError' },
    },
  ])

  becomes(`R08: what a developer got wrong with ${name} is nobody's condition`, [
    {
      what: 'a model of a name that is taken',
      fail: () => connection.model('Member', new Schema({})),
      becomes: undefined,
      logged: { type: 'OverwriteModelError' },
    },
    {
      what: 'a model that is missing',
      fail: () => connection.model('Nothing'),
      becomes: undefined,
      logged: { type: 'MissingSchemaError' },
    },
    {
      what: 'a filter that is no object',
      fail: () => Member.find(secret as never),
      becomes: undefined,
      logged: { type: 'ObjectParameterError' },
    },
  ])

  let server: MongoServer
  beforeAll(async () => {
    server = await startMongo()
    await connection.openUri(server.url, {
      serverApi: '1',
      retryWrites: false,
      retryReads: false,
      autoIndex: false,
      autoCreate: false,
    })
  })
  afterAll(async () => {
    await connection.close()
    server.close()
  })

  const Item = connection.model(
    'Item',
    new Schema({ name: String, tags: [String] }, { optimisticConcurrency: true }),
  )
  const Plain = connection.model('Plain', new Schema({ name: String }))
  const stored = () => ({ _id: new Types.ObjectId(), name: 'ann', tags: ['a'], __v: 0 })
  const changed = <TDocument extends { set: (path: string, value: unknown) => unknown }>(
    document: TDocument,
  ): TDocument => {
    document.set('name', secret)
    return document
  }
  const NOTHING = { ok: 1, n: 0, nModified: 0 }
  const duplicate = (code = 11_000) => ({
    index: 0,
    code,
    keyPattern: { name: 1 },
    keyValue: { name: secret },
    errmsg: `E11000 duplicate key error collection: shop.items index: name_1 dup key: { name: "${secret}" }`,
  })

  // The server has a BSON of its own.
  const found = () => ({
    ok: 1,
    cursor: { id: 0n, firstBatch: [{ ...stored(), _id: new WireId() }], ns: 'shop.items' },
  })

  becomes(`R08: what a developer got wrong with stored documents of ${name} is nobody's condition`, [
    {
      what: 'a path to populate that the schema does not have',
      fail: () => {
        server.reaction = found()
        return Item.findOne({}).populate('nothing')
      },
      becomes: undefined,
      logged: { type: 'StrictPopulateError' },
    },
    {
      what: 'a list that was read in part and is saved whole',
      fail: async () => {
        server.reaction = found()
        const item = await Item.findOne({}, { tags: { $elemMatch: { $eq: 'a' } } })
        item!.set('tags', ['b'])
        await item!.save()
      },
      becomes: undefined,
      logged: { type: 'DivergentArrayError' },
    },
  ])

  becomes(`R08: what ${name} says of stored documents becomes what it is`, [
    {
      what: 'a document that is not there',
      fail: () => {
        server.reaction = { ok: 1, cursor: { id: 0n, firstBatch: [], ns: 'shop.items' } }
        return Item.findOne({}).orFail()
      },
      becomes: 'not-found',
      logged: { type: 'DocumentNotFoundError' },
    },
    {
      what: 'a document that is saved, and was deleted',
      fail: () => {
        server.reaction = NOTHING
        return changed(Plain.hydrate(stored())).save()
      },
      becomes: 'not-found',
      logged: { type: 'DocumentNotFoundError' },
    },
    {
      what: 'a version that is not the newest',
      fail: () => {
        server.reaction = NOTHING
        return changed(Item.hydrate(stored())).save()
      },
      becomes: 'write-conflict',
      logged: { type: 'VersionError' },
    },
    {
      what: 'versions of many that are not the newest',
      fail: () => {
        server.reaction = NOTHING
        return Item.bulkSave([changed(Item.hydrate(stored()))])
      },
      becomes: 'write-conflict',
      logged: { type: 'MongooseBulkSaveIncompleteError' },
    },
    {
      what: 'a document that is saved twice at once',
      fail: () => {
        server.reaction = { ok: 1, n: 1 }
        const item = new Item({ name: 'ann' })
        return Promise.all([item.save(), item.save()])
      },
      becomes: 'write-conflict',
      logged: { type: 'ParallelSaveError' },
    },
    {
      what: 'a document that is validated twice at once',
      fail: () => {
        const item = new Item({ name: 'ann' })
        return Promise.all([item.validate(), item.validate()])
      },
      becomes: 'write-conflict',
      logged: { type: 'ParallelValidateError' },
    },
    {
      what: 'a duplicate key',
      fail: () => {
        server.reaction = { ok: 1, n: 0, writeErrors: [duplicate()] }
        return Item.create({ name: secret })
      },
      becomes: 'already-exists',
      logged: { type: 'MongoServerError', code: 11_000 },
    },
    {
      what: 'a duplicate key that `ctx.throw` was given',
      fail: async () => {
        server.reaction = { ok: 1, n: 0, writeErrors: [duplicate()] }
        throw createError((await failureOf(() => Item.create({ name: secret }))) as Error)
      },
      becomes: 'already-exists',
      logged: { type: 'MongoServerError' },
    },
    {
      what: 'a server that is not there',
      fail: () =>
        mongoose.createConnection('mongodb://127.0.0.1:1/', { serverSelectionTimeoutMS: 20 }).asPromise(),
      becomes: 'unavailable',
      logged: { type: 'MongooseServerSelectionError' },
    },
  ])

  test(`R12: a duplicate key through ${name} tells the index and the field`, async () => {
    server.reaction = { ok: 1, n: 0, writeErrors: [duplicate()] }
    expect(recognize(await failureOf(() => Item.create({ name: secret })))).toEqual({
      condition: 'already-exists',
      constraint: 'name_1',
      column: 'name',
    })
  })
})
