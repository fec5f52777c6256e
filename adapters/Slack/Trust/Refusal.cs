namespace PatchBot.Adapters.Slack.Trust;

/// <summary>Why a call was not taken.</summary>
internal enum Refusal
{
    NoSecret,
    Unsigned,
    Malformed,
    Stale,
    Signature,
}

internal static class RefusalRules
{
    extension(Refusal refusal)
    {
        public int Status => refusal switch
        {
            // Who serves no calls over HTTP has no such address.
            Refusal.NoSecret => 404,
            Refusal.Unsigned or Refusal.Malformed or Refusal.Stale or Refusal.Signature => 401,
        };

        /// <summary>For the log. Says what is wrong, never what was written there.</summary>
        public string Reason => refusal switch
        {
            Refusal.NoSecret => "no calls over HTTP are taken without a secret that proves them; see Slack:SigningSecret",
            Refusal.Unsigned => "it brings no signature and time, or more than one",
            Refusal.Malformed => "what it brings is no signature and time of Slack's",
            Refusal.Stale => "it was signed more than five minutes ago or ahead; check this machine's clock",
            Refusal.Signature => "its signature is wrong; see Slack:SigningSecret",
        };
    }
}
