-- The record: what vendors released, what the lab found, who approved what for when, what channels should show,
-- and the chained memory of it all. Instants are UTC text of fixed width (2026-11-10T12:00:00.000Z), so that their
-- order as text is their order in time. Enumerations are stored by name. Lists and vendors' facts are JSON.

-- Patches

CREATE TABLE patch
(
  id            TEXT    NOT NULL,
  name_key      TEXT    NOT NULL, -- the id in upper case, for finding it whatever its spelling
  revision      INTEGER NOT NULL,
  content_hash  TEXT    NOT NULL,
  title         TEXT    NOT NULL,
  vendor        TEXT    NOT NULL,
  kind          TEXT    NOT NULL,
  update_type   TEXT    NOT NULL,
  severity      TEXT    NOT NULL,
  severity_word TEXT    NOT NULL,
  restart       TEXT    NOT NULL,
  exploited     TEXT    NOT NULL,
  disclosed     TEXT    NOT NULL,
  released_at   TEXT    NULL,
  first_seen_at TEXT    NOT NULL,
  revised_at    TEXT    NOT NULL,
  changes       TEXT    NOT NULL, -- JSON list: what the last revision changed, in words
  facts         TEXT    NOT NULL,
  CONSTRAINT pk_patch PRIMARY KEY (id),
  CONSTRAINT ck_patch_revision CHECK (revision >= 1),
  CONSTRAINT ck_patch_kind CHECK (kind IN ('Unknown', 'Security', 'Bugfix', 'Enhancement', 'Feature', 'Definition', 'Driver', 'Tool')),
  CONSTRAINT ck_patch_update_type CHECK (update_type IN
    ('Unspecified', 'ServicingStack', 'Cumulative', 'MonthlyRollup', 'SecurityOnly', 'Hotpatch', 'ProductUpdate')),
  CONSTRAINT ck_patch_severity CHECK (severity IN ('None', 'Low', 'Medium', 'Unrated', 'High', 'Critical')),
  CONSTRAINT ck_patch_restart CHECK (restart IN ('Unknown', 'No', 'Maybe', 'Yes')),
  CONSTRAINT ck_patch_exploited CHECK (exploited IN ('Unknown', 'No', 'Yes')),
  CONSTRAINT ck_patch_disclosed CHECK (disclosed IN ('Unknown', 'No', 'Yes'))
) STRICT;

CREATE INDEX ix_patch_name_key ON patch (name_key, id);
CREATE INDEX ix_patch_severity ON patch (severity, released_at);
CREATE INDEX ix_patch_released_at ON patch (released_at, first_seen_at, id);

CREATE TABLE patch_cve
(
  patch_id  TEXT NOT NULL,
  cve       TEXT NOT NULL,
  severity  TEXT NOT NULL,
  cvss      REAL NULL,
  exploited TEXT NOT NULL,
  disclosed TEXT NOT NULL,
  CONSTRAINT pk_patch_cve PRIMARY KEY (patch_id, cve),
  CONSTRAINT fk_patch_cve_patch FOREIGN KEY (patch_id) REFERENCES patch (id),
  CONSTRAINT ck_patch_cve_severity CHECK (severity IN ('None', 'Low', 'Medium', 'Unrated', 'High', 'Critical')),
  CONSTRAINT ck_patch_cve_cvss CHECK (cvss BETWEEN 0 AND 10),
  CONSTRAINT ck_patch_cve_exploited CHECK (exploited IN ('Unknown', 'No', 'Yes')),
  CONSTRAINT ck_patch_cve_disclosed CHECK (disclosed IN ('Unknown', 'No', 'Yes'))
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_patch_cve_cve ON patch_cve (cve, patch_id);

CREATE TABLE patch_alias
(
  patch_id  TEXT NOT NULL,
  alias_key TEXT NOT NULL, -- the alias in upper case
  CONSTRAINT pk_patch_alias PRIMARY KEY (patch_id, alias_key),
  CONSTRAINT fk_patch_alias_patch FOREIGN KEY (patch_id) REFERENCES patch (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_patch_alias_key ON patch_alias (alias_key, patch_id);

-- What vendors say. other_id may name a patch that was never seen here, so it refers to nothing.
CREATE TABLE patch_relation
(
  patch_id TEXT NOT NULL,
  kind     TEXT NOT NULL,
  other_id TEXT NOT NULL,
  CONSTRAINT pk_patch_relation PRIMARY KEY (patch_id, kind, other_id),
  CONSTRAINT fk_patch_relation_patch FOREIGN KEY (patch_id) REFERENCES patch (id),
  CONSTRAINT ck_patch_relation_kind CHECK (kind IN ('Supersedes', 'Requires'))
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_patch_relation_other ON patch_relation (other_id, kind, patch_id);

-- What a patch needs, by what vendors say or by a rule; needed_id may be unknown here too.
CREATE TABLE patch_need
(
  patch_id  TEXT NOT NULL,
  needed_id TEXT NOT NULL,
  CONSTRAINT pk_patch_need PRIMARY KEY (patch_id, needed_id),
  CONSTRAINT fk_patch_need_patch FOREIGN KEY (patch_id) REFERENCES patch (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_patch_need_needed ON patch_need (needed_id, patch_id);

CREATE TABLE source_document
(
  source   TEXT NOT NULL,
  document TEXT NOT NULL,
  stamp    TEXT NULL, -- the vendor's mark of its state when last read
  read_at  TEXT NULL,
  CONSTRAINT pk_source_document PRIMARY KEY (source, document)
) STRICT, WITHOUT ROWID;

CREATE TABLE sighting
(
  source       TEXT    NOT NULL,
  document     TEXT    NOT NULL,
  patch_id     TEXT    NOT NULL,
  content_hash TEXT    NOT NULL,
  is_listed    INTEGER NOT NULL,
  seen_at      TEXT    NOT NULL,
  facts        TEXT    NOT NULL,
  CONSTRAINT pk_sighting PRIMARY KEY (source, document, patch_id),
  CONSTRAINT fk_sighting_document FOREIGN KEY (source, document) REFERENCES source_document (source, document),
  CONSTRAINT fk_sighting_patch FOREIGN KEY (patch_id) REFERENCES patch (id),
  CONSTRAINT ck_sighting_is_listed CHECK (is_listed IN (0, 1))
) STRICT;

CREATE INDEX ix_sighting_patch ON sighting (patch_id);

-- The lab

CREATE TABLE lab_report
(
  id          INTEGER NOT NULL,
  platform    TEXT    NOT NULL,
  channel_id  TEXT    NOT NULL,
  message     TEXT    NOT NULL,
  thread      TEXT    NULL,
  person_id   TEXT    NOT NULL,
  person_name TEXT    NOT NULL,
  reported_at TEXT    NOT NULL,
  body        TEXT    NOT NULL,
  CONSTRAINT pk_lab_report PRIMARY KEY (id)
) STRICT;

CREATE INDEX ix_lab_report_message ON lab_report (platform, channel_id, message, id);

CREATE TABLE lab_result
(
  id          INTEGER NOT NULL,
  report_id   INTEGER NOT NULL,
  patch_id    TEXT    NOT NULL,
  outcome     TEXT    NOT NULL,
  host        TEXT    NOT NULL,
  note        TEXT    NOT NULL,
  person_id   TEXT    NOT NULL,
  person_name TEXT    NOT NULL,
  reported_at TEXT    NOT NULL,
  state       TEXT    NOT NULL,
  ended_at    TEXT    NULL,
  CONSTRAINT pk_lab_result PRIMARY KEY (id),
  CONSTRAINT fk_lab_result_report FOREIGN KEY (report_id) REFERENCES lab_report (id),
  CONSTRAINT fk_lab_result_patch FOREIGN KEY (patch_id) REFERENCES patch (id),
  CONSTRAINT ck_lab_result_outcome CHECK (outcome IN ('Pass', 'Fail', 'Blocked', 'Partial')),
  CONSTRAINT ck_lab_result_state CHECK (state IN ('Standing', 'Undone', 'Replaced', 'Withdrawn'))
) STRICT;

CREATE INDEX ix_lab_result_report ON lab_result (report_id, id);
CREATE INDEX ix_lab_result_patch ON lab_result (patch_id, state, id);

-- Rollouts

CREATE TABLE rollout
(
  id                    INTEGER NOT NULL,
  patch_id              TEXT    NOT NULL,
  ring                  TEXT    NOT NULL,
  state                 TEXT    NOT NULL,
  window_start          TEXT    NULL,
  window_end            TEXT    NULL,
  in_time               INTEGER NOT NULL,
  emergency_start       TEXT    NULL,
  emergency_end         TEXT    NULL,
  deferred_to           TEXT    NULL,
  reasons               TEXT    NOT NULL, -- JSON list of sentences
  passed_over           TEXT    NOT NULL, -- JSON list of sentences
  snapshot_content      TEXT    NOT NULL,
  snapshot_lab          TEXT    NOT NULL,
  snapshot_dependencies TEXT    NOT NULL,
  snapshot_window       TEXT    NOT NULL,
  fallen                TEXT    NOT NULL,
  version               INTEGER NOT NULL,
  CONSTRAINT pk_rollout PRIMARY KEY (id),
  CONSTRAINT uq_rollout_patch_ring UNIQUE (patch_id, ring),
  CONSTRAINT fk_rollout_patch FOREIGN KEY (patch_id) REFERENCES patch (id),
  CONSTRAINT ck_rollout_state CHECK (state IN ('Proposed', 'Approved', 'Rejected', 'Deferred', 'Superseded', 'Finished')),
  CONSTRAINT ck_rollout_in_time CHECK (in_time IN (0, 1)),
  CONSTRAINT ck_rollout_window CHECK
    ((window_start IS NULL AND window_end IS NULL) OR (window_start IS NOT NULL AND window_end IS NOT NULL AND window_start < window_end)),
  CONSTRAINT ck_rollout_emergency CHECK
    ((emergency_start IS NULL AND emergency_end IS NULL)
      OR (emergency_start IS NOT NULL AND emergency_end IS NOT NULL AND emergency_start < emergency_end))
) STRICT;

CREATE INDEX ix_rollout_window ON rollout (ring, window_start, state);
CREATE INDEX ix_rollout_state ON rollout (state, window_start);
CREATE INDEX ix_rollout_emergency ON rollout (state, emergency_start) WHERE emergency_start IS NOT NULL;

CREATE TABLE decision
(
  id          INTEGER NOT NULL,
  rollout_id  INTEGER NOT NULL,
  kind        TEXT    NOT NULL,
  person_id   TEXT    NOT NULL,
  person_name TEXT    NOT NULL,
  decided_at  TEXT    NOT NULL,
  reason      TEXT    NOT NULL,
  snapshot    TEXT    NOT NULL,
  origin      TEXT    NOT NULL,
  is_standing INTEGER NOT NULL,
  CONSTRAINT pk_decision PRIMARY KEY (id),
  CONSTRAINT fk_decision_rollout FOREIGN KEY (rollout_id) REFERENCES rollout (id),
  CONSTRAINT ck_decision_kind CHECK (kind IN ('Approve', 'Reject', 'Defer', 'Withdraw')),
  CONSTRAINT ck_decision_is_standing CHECK (is_standing IN (0, 1))
) STRICT;

CREATE INDEX ix_decision_rollout ON decision (rollout_id, id);
CREATE INDEX ix_decision_decided_at ON decision (decided_at);

-- One person decides once on what they saw, however often the button arrives.
CREATE UNIQUE INDEX uq_decision_standing ON decision (rollout_id, snapshot, person_id) WHERE is_standing = 1;

CREATE TABLE confirmation
(
  ring         TEXT NOT NULL,
  requirement  TEXT NOT NULL,
  about_key    TEXT NOT NULL, -- the requirement in upper case, without a version
  person_id    TEXT NOT NULL,
  person_name  TEXT NOT NULL,
  confirmed_at TEXT NOT NULL,
  origin       TEXT NOT NULL,
  CONSTRAINT pk_confirmation PRIMARY KEY (ring, requirement)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_confirmation_about ON confirmation (ring, about_key);

CREATE TABLE announcement
(
  id           INTEGER NOT NULL,
  ring         TEXT    NOT NULL,
  window_start TEXT    NOT NULL,
  window_end   TEXT    NOT NULL,
  stage        TEXT    NOT NULL,
  made_at      TEXT    NOT NULL,
  CONSTRAINT pk_announcement PRIMARY KEY (id),
  CONSTRAINT uq_announcement_stage UNIQUE (ring, window_start, stage),
  CONSTRAINT ck_announcement_window CHECK (window_start < window_end)
) STRICT;

-- Channels and posts

CREATE TABLE channel
(
  platform    TEXT NOT NULL,
  channel_id  TEXT NOT NULL,
  name        TEXT NOT NULL,
  address     TEXT NOT NULL, -- how its platform reaches it, in the adapter's own words; empty where the id is enough
  state       TEXT NOT NULL,
  lease_owner TEXT NULL,
  lease_until TEXT NULL,
  not_before  TEXT NULL, -- throttled until then
  due_at      TEXT NULL, -- from when on it is worth a look; null: nothing is pending
  stopped_at  TEXT NULL, -- when it was stopped last; stays when it is active again
  stopped_why TEXT NULL,
  told_at     TEXT NULL, -- when the admins had been told of that
  CONSTRAINT pk_channel PRIMARY KEY (platform, channel_id),
  CONSTRAINT ck_channel_state CHECK (state IN ('Active', 'Stopped')),
  CONSTRAINT ck_channel_stopped CHECK (state = 'Active' OR (stopped_at IS NOT NULL AND stopped_why IS NOT NULL)),
  CONSTRAINT ck_channel_lease CHECK
    ((lease_owner IS NULL AND lease_until IS NULL) OR (lease_owner IS NOT NULL AND lease_until IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_channel_due ON channel (due_at, platform, channel_id) WHERE due_at IS NOT NULL AND state = 'Active';
CREATE INDEX ix_channel_untold ON channel (stopped_at) WHERE state = 'Stopped' AND told_at IS NULL;
CREATE INDEX ix_channel_stopped ON channel (stopped_at) WHERE stopped_at IS NOT NULL;

CREATE TABLE subscription
(
  platform   TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  ring       TEXT NOT NULL,
  topic      TEXT NOT NULL,
  CONSTRAINT pk_subscription PRIMARY KEY (platform, channel_id, ring, topic),
  CONSTRAINT fk_subscription_channel FOREIGN KEY (platform, channel_id) REFERENCES channel (platform, channel_id),
  CONSTRAINT ck_subscription_topic CHECK (topic IN ('Patches', 'Announcements'))
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_subscription_ring ON subscription (ring, topic, platform, channel_id);

CREATE TABLE post
(
  id             INTEGER NOT NULL,
  platform       TEXT    NOT NULL,
  channel_id     TEXT    NOT NULL,
  subject        TEXT    NOT NULL,
  wanted_version INTEGER NOT NULL,
  shown_version  INTEGER NOT NULL,
  thread         TEXT    NULL,
  message        TEXT    NULL,
  shown_content  TEXT    NULL,
  attempts       INTEGER NOT NULL,
  pending_since  TEXT    NULL, -- since when the shown version is behind; null while it is not
  not_before     TEXT    NULL, -- a failed attempt is not repeated before
  last_fault     TEXT    NULL,
  CONSTRAINT pk_post PRIMARY KEY (id),
  CONSTRAINT uq_post_subject UNIQUE (platform, channel_id, subject),
  CONSTRAINT fk_post_channel FOREIGN KEY (platform, channel_id) REFERENCES channel (platform, channel_id),
  CONSTRAINT ck_post_version CHECK (wanted_version >= 1 AND shown_version >= 0 AND attempts >= 0),
  CONSTRAINT ck_post_pending CHECK
    ((pending_since IS NULL AND shown_version >= wanted_version) OR (pending_since IS NOT NULL AND shown_version < wanted_version))
) STRICT;

CREATE INDEX ix_post_subject ON post (subject);
CREATE INDEX ix_post_message ON post (platform, channel_id, message) WHERE message IS NOT NULL;
CREATE INDEX ix_post_channel_due ON post (platform, channel_id, id, not_before, pending_since) WHERE pending_since IS NOT NULL;

-- Conversation

-- Whom a platform has shown to the bot, and how to reach them there.
CREATE TABLE person
(
  person_id      TEXT NOT NULL,
  name           TEXT NOT NULL,
  address        TEXT NOT NULL, -- in the adapter's own words
  direct_channel TEXT NULL,     -- the chat with the person alone, once it is open
  CONSTRAINT pk_person PRIMARY KEY (person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE inbox
(
  platform     TEXT NOT NULL,
  delivery_key TEXT NOT NULL,
  taken_at     TEXT NOT NULL,
  CONSTRAINT pk_inbox PRIMARY KEY (platform, delivery_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_inbox_taken_at ON inbox (taken_at);

-- The web chat's messages. It stands for a platform outside, so it refers to nothing in the record.
CREATE TABLE transcript_message
(
  id          INTEGER NOT NULL,
  platform    TEXT    NOT NULL,
  channel_id  TEXT    NOT NULL,
  thread_id   INTEGER NULL,
  author_id   TEXT    NOT NULL,
  author_name TEXT    NOT NULL,
  body        TEXT    NOT NULL,
  card        TEXT    NULL,
  version     INTEGER NOT NULL,
  post_id     INTEGER NULL,
  written_at  TEXT    NOT NULL,
  is_deleted  INTEGER NOT NULL,
  CONSTRAINT pk_transcript_message PRIMARY KEY (id),
  CONSTRAINT fk_transcript_message_thread FOREIGN KEY (thread_id) REFERENCES transcript_message (id),
  CONSTRAINT ck_transcript_message_version CHECK (version >= 1),
  CONSTRAINT ck_transcript_message_is_deleted CHECK (is_deleted IN (0, 1))
) STRICT;

CREATE INDEX ix_transcript_message_channel ON transcript_message (platform, channel_id, id) WHERE is_deleted = 0;
CREATE INDEX ix_transcript_message_thread ON transcript_message (thread_id) WHERE thread_id IS NOT NULL;
CREATE UNIQUE INDEX uq_transcript_message_post ON transcript_message (post_id) WHERE post_id IS NOT NULL;

-- Audit: append only. Each entry's hash covers its content and the hash before; the head shows a cut-off end.

CREATE TABLE audit_entry
(
  sequence      INTEGER NOT NULL,
  happened_at   TEXT    NOT NULL,
  actor         TEXT    NOT NULL,
  action        TEXT    NOT NULL,
  subject       TEXT    NOT NULL,
  detail        TEXT    NOT NULL,
  origin        TEXT    NOT NULL,
  previous_hash TEXT    NOT NULL,
  hash          TEXT    NOT NULL,
  CONSTRAINT pk_audit_entry PRIMARY KEY (sequence)
) STRICT;

CREATE INDEX ix_audit_entry_subject ON audit_entry (subject, sequence);
CREATE INDEX ix_audit_entry_happened_at ON audit_entry (happened_at);

CREATE TABLE audit_head
(
  id       INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  hash     TEXT    NOT NULL,
  CONSTRAINT pk_audit_head PRIMARY KEY (id),
  CONSTRAINT ck_audit_head_single CHECK (id = 1)
) STRICT;

INSERT INTO audit_head (id, sequence, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TRIGGER tr_audit_entry_insert BEFORE INSERT ON audit_entry
WHEN NEW.sequence <> (SELECT sequence + 1 FROM audit_head)
BEGIN
  SELECT RAISE(ABORT, 'audit_entry: an entry must follow the newest one');
END;

CREATE TRIGGER tr_audit_entry_update BEFORE UPDATE ON audit_entry
BEGIN
  SELECT RAISE(ABORT, 'audit_entry: entries cannot be changed');
END;

CREATE TRIGGER tr_audit_entry_delete BEFORE DELETE ON audit_entry
BEGIN
  SELECT RAISE(ABORT, 'audit_entry: entries cannot be deleted');
END;

CREATE TRIGGER tr_audit_head_update BEFORE UPDATE ON audit_head
WHEN NEW.sequence <> OLD.sequence + 1
BEGIN
  SELECT RAISE(ABORT, 'audit_head: the head moves one entry at a time');
END;

CREATE TRIGGER tr_audit_head_delete BEFORE DELETE ON audit_head
BEGIN
  SELECT RAISE(ABORT, 'audit_head: the head cannot be deleted');
END;

-- Views for people who query by hand

CREATE VIEW v_patch_status AS
SELECT patch.id AS patch,
       patch.title,
       patch.severity,
       patch.exploited,
       COALESCE(patch.released_at, patch.first_seen_at) AS released_at,
       rollout.ring,
       rollout.state,
       rollout.window_start,
       rollout.window_end,
       rollout.in_time,
       (SELECT count(*) FROM lab_result WHERE patch_id = patch.id AND state = 'Standing' AND outcome = 'Pass') AS lab_passed,
       (SELECT count(*) FROM lab_result WHERE patch_id = patch.id AND state = 'Standing' AND outcome = 'Fail') AS lab_failed,
       (SELECT count(*) FROM lab_result WHERE patch_id = patch.id AND state = 'Standing' AND outcome IN ('Blocked', 'Partial')) AS lab_other
  FROM patch
  LEFT JOIN rollout ON rollout.patch_id = patch.id;

CREATE VIEW v_lab_results AS
SELECT lab_result.reported_at,
       lab_result.patch_id AS patch,
       patch.title,
       patch.severity,
       lab_result.host,
       lab_result.outcome,
       lab_result.note,
       lab_result.person_name AS reported_by,
       lab_result.person_id AS reported_by_id,
       lab_result.state,
       lab_result.ended_at
  FROM lab_result
  JOIN patch ON patch.id = lab_result.patch_id;

CREATE VIEW v_approvals AS
SELECT decision.decided_at,
       decision.kind AS decision,
       rollout.patch_id AS patch,
       patch.title,
       patch.severity,
       rollout.ring,
       decision.person_name AS decided_by,
       decision.person_id AS decided_by_id,
       decision.reason,
       decision.is_standing,
       rollout.state AS rollout_state,
       rollout.window_start,
       rollout.window_end,
       decision.origin
  FROM decision
  JOIN rollout ON rollout.id = decision.rollout_id
  JOIN patch ON patch.id = rollout.patch_id;

CREATE VIEW v_upcoming_windows AS
SELECT rollout.ring,
       rollout.window_start,
       rollout.window_end,
       rollout.patch_id AS patch,
       patch.title,
       patch.severity,
       rollout.state,
       rollout.in_time
  FROM rollout
  JOIN patch ON patch.id = rollout.patch_id
 WHERE rollout.state IN ('Proposed', 'Deferred', 'Approved')
   AND rollout.window_end > strftime('%Y-%m-%dT%H:%M:%fZ', 'now');
