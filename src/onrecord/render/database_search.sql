-- Indexes and full-text search, made when all rows are in.

CREATE INDEX entities_name ON entities(name);
CREATE INDEX entities_article ON entities(article);
CREATE INDEX mentions_entity ON mentions(entity);
CREATE INDEX quotes_article ON quotes(article);
CREATE INDEX quote_parts_quote ON quote_parts(quote);
CREATE INDEX quote_speakers_quote ON quote_speakers(quote);
CREATE INDEX quote_speakers_name ON quote_speakers(name);
CREATE INDEX quote_speakers_entity ON quote_speakers(entity);
CREATE INDEX claims_article ON claims(article);
CREATE VIRTUAL TABLE articles_fts USING fts5(title, text, content="articles", content_rowid="id");
CREATE VIRTUAL TABLE quotes_fts USING fts5(text, speakers, content="quotes", content_rowid="id");
CREATE VIRTUAL TABLE claims_fts USING fts5(text, claimant, content="claims", content_rowid="id");
INSERT INTO articles_fts(articles_fts) VALUES ('rebuild');
INSERT INTO quotes_fts(quotes_fts) VALUES ('rebuild');
INSERT INTO claims_fts(claims_fts) VALUES ('rebuild');
