-- Slack beside Teams: one human may have an identity on each and counts once; the bot is installed in workspaces, each
-- with a token of its own; and a post whose message may be there already is marked, so that a platform that can look does.

-- Posts

ALTER TABLE post ADD COLUMN doubt INTEGER NOT NULL DEFAULT 0 CONSTRAINT ck_post_doubt CHECK (doubt IN (0, 1));

-- Humans

-- Whom several platforms know is one human. Who has no row is one alone.
CREATE TABLE identity_link
(
  person_id   TEXT NOT NULL,
  person_name TEXT NOT NULL, -- as it was when linked
  human_id    TEXT NOT NULL, -- made up; the same for all identities of one human
  linked_at   TEXT NOT NULL,
  linked_by   TEXT NOT NULL,
  CONSTRAINT pk_identity_link PRIMARY KEY (person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_identity_link_human ON identity_link (human_id, person_id);

-- Codes that are out; one that was used, burnt or replaced is gone.
CREATE TABLE link_code
(
  code_hash     TEXT NOT NULL,
  person_id     TEXT NOT NULL, -- who began
  person_name   TEXT NOT NULL,
  other_id      TEXT NULL, -- who answered from the other platform; the code is then for the one who began
  other_name    TEXT NULL,
  other_channel TEXT NULL, -- where to tell them
  expires_at    TEXT NOT NULL,
  CONSTRAINT pk_link_code PRIMARY KEY (code_hash),
  CONSTRAINT ck_link_code_other CHECK
    ((other_id IS NULL AND other_name IS NULL AND other_channel IS NULL)
      OR (other_id IS NOT NULL AND other_name IS NOT NULL AND other_channel IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_link_code_person ON link_code (person_id);
CREATE INDEX ix_link_code_expires_at ON link_code (expires_at);

-- Wrong codes, so that nobody tries one after the other.
CREATE TABLE link_guess
(
  id         INTEGER NOT NULL,
  person_id  TEXT    NOT NULL,
  guessed_at TEXT    NOT NULL,
  CONSTRAINT pk_link_guess PRIMARY KEY (id)
) STRICT;

CREATE INDEX ix_link_guess_person ON link_guess (person_id, guessed_at);
CREATE INDEX ix_link_guess_guessed_at ON link_guess (guessed_at);

-- One human decides once on what they saw, whichever identity presses.
ALTER TABLE decision ADD COLUMN human_id TEXT NOT NULL DEFAULT '';
UPDATE decision SET human_id = person_id;
DROP INDEX uq_decision_standing;
CREATE UNIQUE INDEX uq_decision_standing ON decision (rollout_id, snapshot, human_id) WHERE is_standing = 1;

-- A person's newest results, for their own page.
CREATE INDEX ix_lab_result_person ON lab_result (person_id, state, id);

-- Workspaces

CREATE TABLE workspace
(
  platform     TEXT    NOT NULL,
  workspace_id TEXT    NOT NULL,
  name         TEXT    NOT NULL,
  sealed       TEXT    NOT NULL, -- the adapter's own, protected with a key that is not in the record
  state        TEXT    NOT NULL,
  unusable_at  TEXT    NULL,
  unusable_why TEXT    NULL,
  updated_at   TEXT    NOT NULL,
  version      INTEGER NOT NULL,
  CONSTRAINT pk_workspace PRIMARY KEY (platform, workspace_id),
  CONSTRAINT ck_workspace_state CHECK (state IN ('Active', 'Unusable')),
  CONSTRAINT ck_workspace_unusable CHECK
    ((state = 'Active' AND unusable_at IS NULL AND unusable_why IS NULL)
      OR (state = 'Unusable' AND unusable_at IS NOT NULL AND unusable_why IS NOT NULL)),
  CONSTRAINT ck_workspace_version CHECK (version >= 1)
) STRICT, WITHOUT ROWID;

-- An installation that was begun and has not come back.
CREATE TABLE install_state
(
  state_hash TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  CONSTRAINT pk_install_state PRIMARY KEY (state_hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_install_state_expires_at ON install_state (expires_at);
