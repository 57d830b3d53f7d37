-- The tables of the SQLite file. Every `code` is the id in the report: e1, q1, c1.

CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  title TEXT,
  outlet TEXT,
  published TEXT,
  byline TEXT,
  url TEXT,
  path TEXT,
  format TEXT,
  encoding TEXT,
  sha256 TEXT,
  language TEXT,
  text TEXT NOT NULL
);

CREATE TABLE entities (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  article INTEGER NOT NULL REFERENCES articles(id),
  code TEXT NOT NULL,
  aliases TEXT,
  roles TEXT,
  mention_count INTEGER NOT NULL
);

CREATE TABLE mentions (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  entity INTEGER NOT NULL REFERENCES entities(id),
  kind TEXT NOT NULL,
  confidence REAL NOT NULL,
  paragraph INTEGER,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL
);

CREATE TABLE quotes (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  article INTEGER NOT NULL REFERENCES articles(id),
  code TEXT NOT NULL,
  type TEXT NOT NULL,
  mode TEXT NOT NULL,
  speakers TEXT,
  uncertain INTEGER NOT NULL,
  cue TEXT,
  source TEXT,
  flags TEXT,
  parent INTEGER REFERENCES quotes(id),
  confidence REAL NOT NULL,
  reasons TEXT,
  paragraph INTEGER,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL
);

CREATE TABLE quote_parts (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  quote INTEGER NOT NULL REFERENCES quotes(id),
  part INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL
);

CREATE TABLE quote_speakers (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  quote INTEGER NOT NULL REFERENCES quotes(id),
  entity INTEGER REFERENCES entities(id)
);

CREATE TABLE claims (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  article INTEGER NOT NULL REFERENCES articles(id),
  code TEXT NOT NULL,
  claimant TEXT NOT NULL,
  claimant_kind TEXT NOT NULL,
  via TEXT,
  quote INTEGER REFERENCES quotes(id),
  modality TEXT NOT NULL,
  types TEXT,
  numbers TEXT,
  hedges TEXT,
  check_worthy REAL NOT NULL,
  verifiable REAL NOT NULL,
  reasons TEXT,
  paragraph INTEGER,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL
);

CREATE TABLE claim_relations (
  id INTEGER PRIMARY KEY,
  claim INTEGER NOT NULL REFERENCES claims(id),
  kind TEXT NOT NULL,
  other INTEGER NOT NULL REFERENCES claims(id),
  reasons TEXT
);

CREATE TABLE warnings (
  id INTEGER PRIMARY KEY,
  message TEXT NOT NULL,
  code TEXT NOT NULL,
  article INTEGER NOT NULL REFERENCES articles(id),
  start INTEGER,
  "end" INTEGER
);
