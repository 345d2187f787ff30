// Runs modules of the project, in a thread that can be ended whatever they do.
import { parentPort, workerData } from 'node:worker_threads'
import { answer } from './answer.ts'
import type { Question } from './messages.ts'

const { cwd } = workerData as { readonly cwd: string }

parentPort!.on('message', (question: Question) => {
  void answer(question, cwd).then((reply) => parentPort!.postMessage(reply))
})
