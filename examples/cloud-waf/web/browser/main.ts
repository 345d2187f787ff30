import { showForm } from './form.ts'
import { showLanguages } from './languages.ts'
import { showLimit } from './limit.ts'
import { showLogin } from './login.ts'
import { offerLanguages } from './reader.ts'
import { showRetry } from './retry.ts'
import { showShapes } from './shapes.ts'
import { offerThemes } from './theme.ts'
import { showThrow } from './throw.ts'

offerLanguages()
offerThemes()
showLanguages()
showShapes()
showForm()
showLimit()
showRetry()
await Promise.all([showThrow(), showLogin()])
