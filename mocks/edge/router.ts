import { createRequire } from 'node:module'
import type { Router, RouterOptions } from 'express'

const require = createRequire(import.meta.url)

/** The router of express, from the package it is of its own: the whole of express takes much longer to load. */
export const createRouter = require('router') as (options?: RouterOptions) => Router
