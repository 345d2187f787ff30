import { answerInGerman } from './app.js'

void answerInGerman()
