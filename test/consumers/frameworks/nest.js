import { Controller, Get, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { BizError, catalog } from 'bizerror/catalogs/cloud-waf'
import { BizErrorsModule } from 'bizerror/nest'
import { ask } from '../ask.cjs'

// As TypeScript writes the decorators.
class Users {
  add() {
    throw new BizError(1006)
  }
}
Controller()(Users)
Get('conflict')(Users.prototype, 'add', Object.getOwnPropertyDescriptor(Users.prototype, 'add'))

class App {}
Module({ imports: [BizErrorsModule.forRoot({ catalog })], controllers: [Users] })(App)

const app = await NestFactory.create(App, { logger: false })
await app.init()
for (const answer of await ask(
  app.getHttpAdapter().getInstance(),
  ['/conflict', '/nowhere'],
  ['fr', 'zh-TW'],
))
  console.log(JSON.stringify(answer))
await app.close()
