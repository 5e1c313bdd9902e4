"""The tables of a build's ledger, and how much of them is in memory."""

from __future__ import annotations

CACHE = 64 * 2**20
"""Bytes of the ledger that stay in memory, and that wait beside it to be put in their places."""

TABLES = """
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS source(key TEXT PRIMARY KEY, json TEXT);
CREATE TABLE IF NOT EXISTS batch(number INTEGER PRIMARY KEY, written INTEGER DEFAULT 0, passages INTEGER DEFAULT 0,
    aliases INTEGER DEFAULT 0, articles INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS article(
    batch INTEGER, row INTEGER, id BLOB, language TEXT, licence TEXT, leaf BLOB, bycatch INTEGER DEFAULT 0,
    PRIMARY KEY(batch, row)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS redirect(
    n INTEGER PRIMARY KEY, id BLOB, source TEXT, path TEXT, title TEXT, target BLOB, target_path TEXT);
CREATE TABLE IF NOT EXISTS alias(article BLOB, title TEXT, path TEXT);
CREATE TABLE IF NOT EXISTS media(hash BLOB PRIMARY KEY, batch INTEGER, row INTEGER, mime TEXT, size INTEGER)
    WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS media_batch ON media(batch, row);
CREATE TABLE IF NOT EXISTS file(source TEXT, path TEXT, hash BLOB, PRIMARY KEY(source, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rejected(
    n INTEGER PRIMARY KEY, batch INTEGER, source TEXT, place TEXT, stage TEXT, reason TEXT, detail TEXT);
CREATE TABLE IF NOT EXISTS part(source TEXT, work TEXT, PRIMARY KEY(source, work)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS work(source TEXT, path TEXT, json TEXT, PRIMARY KEY(source, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS statement(source TEXT, path TEXT, json TEXT, PRIMARY KEY(source, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dropped(source TEXT, rule TEXT, count INTEGER, PRIMARY KEY(source, rule)) WITHOUT ROWID;
"""

REDIRECT = "id,source,path,title,target,target_path"
"""Columns of a redirect that is entered."""

BY_ID = (
    "CREATE UNIQUE INDEX IF NOT EXISTS article_id ON article(id)",
    "CREATE UNIQUE INDEX IF NOT EXISTS redirect_id ON redirect(id)",
)
"""Made when ids are first looked for, by sorting all at once: ids come in no order, so that in an index that grows with
every batch nearly every page would be read and written for each."""

OF_ARTICLE = "CREATE INDEX IF NOT EXISTS alias_article ON alias(article)"
"""Made when all aliases are known."""
