-- Slack beside Teams: one human may have an identity on each and counts once; the bot is installed in workspaces, each
-- with a token of its own; and a post whose message may be there already is marked, so that a platform that can look does.

-- Posts

ALTER TABLE patchbot.post ADD doubt bit NOT NULL CONSTRAINT df_post_doubt DEFAULT 0;

-- Humans

-- Whom several platforms know is one human. Who has no row is one alone.
CREATE TABLE patchbot.identity_link
(
  person_id   nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  person_name nvarchar(200)                                 NOT NULL, -- as it was when linked
  human_id    nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL, -- made up; the same for all identities of one human
  linked_at   datetimeoffset(3)                             NOT NULL,
  linked_by   nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_identity_link PRIMARY KEY (person_id)
);

CREATE INDEX ix_identity_link_human ON patchbot.identity_link (human_id, person_id);

-- Codes that are out; one that was used, burnt or replaced is gone.
CREATE TABLE patchbot.link_code
(
  code_hash     nvarchar(64) COLLATE Latin1_General_100_BIN2  NOT NULL,
  person_id     nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL, -- who began
  person_name   nvarchar(200)                                 NOT NULL,
  other_id      nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL, -- who answered from the other platform; the code is then for the one who began
  other_name    nvarchar(200)                                 NULL,
  other_channel nvarchar(300) COLLATE Latin1_General_100_BIN2 NULL, -- where to tell them
  expires_at    datetimeoffset(3)                             NOT NULL,
  CONSTRAINT pk_link_code PRIMARY KEY (code_hash),
  CONSTRAINT ck_link_code_other CHECK
    ((other_id IS NULL AND other_name IS NULL AND other_channel IS NULL)
      OR (other_id IS NOT NULL AND other_name IS NOT NULL AND other_channel IS NOT NULL))
);

CREATE INDEX ix_link_code_person ON patchbot.link_code (person_id);
CREATE INDEX ix_link_code_expires_at ON patchbot.link_code (expires_at);

-- Wrong codes, so that nobody tries one after the other.
CREATE TABLE patchbot.link_guess
(
  id         bigint IDENTITY                               NOT NULL,
  person_id  nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  guessed_at datetimeoffset(3)                             NOT NULL,
  CONSTRAINT pk_link_guess PRIMARY KEY (id)
);

CREATE INDEX ix_link_guess_person ON patchbot.link_guess (person_id, guessed_at);
CREATE INDEX ix_link_guess_guessed_at ON patchbot.link_guess (guessed_at);

ALTER TABLE patchbot.decision ADD human_id nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL CONSTRAINT df_decision_human_id DEFAULT '';
GO

-- One human decides once on what they saw, whichever identity presses.
UPDATE patchbot.decision SET human_id = person_id;
DROP INDEX uq_decision_standing ON patchbot.decision;
CREATE UNIQUE INDEX uq_decision_standing ON patchbot.decision (rollout_id, snapshot, human_id) WHERE is_standing = 1;

-- A person's newest results, for their own page.
CREATE INDEX ix_lab_result_person ON patchbot.lab_result (person_id, state, id);

-- Workspaces

CREATE TABLE patchbot.workspace
(
  platform     nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  workspace_id nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  name         nvarchar(200)                                 NOT NULL,
  sealed       nvarchar(max)                                 NOT NULL, -- the adapter's own, protected with a key that is not in the record
  state        nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  unusable_at  datetimeoffset(3)                             NULL,
  unusable_why nvarchar(500)                                 NULL,
  updated_at   datetimeoffset(3)                             NOT NULL,
  version      int                                           NOT NULL,
  CONSTRAINT pk_workspace PRIMARY KEY (platform, workspace_id),
  CONSTRAINT ck_workspace_state CHECK (state IN ('Active', 'Unusable')),
  CONSTRAINT ck_workspace_unusable CHECK
    ((state = 'Active' AND unusable_at IS NULL AND unusable_why IS NULL)
      OR (state = 'Unusable' AND unusable_at IS NOT NULL AND unusable_why IS NOT NULL)),
  CONSTRAINT ck_workspace_version CHECK (version >= 1)
);

-- An installation that was begun and has not come back.
CREATE TABLE patchbot.install_state
(
  state_hash nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  expires_at datetimeoffset(3)                            NOT NULL,
  CONSTRAINT pk_install_state PRIMARY KEY (state_hash)
);

CREATE INDEX ix_install_state_expires_at ON patchbot.install_state (expires_at);
