namespace PatchBot.Adapters.Teams.Trust;

/// <summary>Why a caller was not let in.</summary>
internal enum Refusal
{
    NoToken,
    Malformed,
    Algorithm,
    Issuer,
    Audience,
    Lifetime,
    UnknownKey,
    Signature,
    KeysUnavailable,
    Channel,
    Endorsement,
    ServiceUrl,
    Tenant,
    Recipient,
}

internal static class RefusalRules
{
    extension(Refusal refusal)
    {
        /// <summary>401: the token proves nothing. 403: it is genuine and not good for this. 503: it cannot be judged now.</summary>
        public int Status => refusal switch
        {
            Refusal.NoToken or Refusal.Malformed or Refusal.Algorithm or Refusal.Issuer or Refusal.Audience or Refusal.Lifetime
                or Refusal.UnknownKey or Refusal.Signature => 401,
            Refusal.Channel or Refusal.Endorsement or Refusal.ServiceUrl or Refusal.Tenant or Refusal.Recipient => 403,
            Refusal.KeysUnavailable => 503,
        };

        /// <summary>For the log. Says what is wrong, never what was written there.</summary>
        public string Reason => refusal switch
        {
            Refusal.NoToken => "it brings no bearer token, or more than one",
            Refusal.Malformed => "what it brings is no signed token",
            Refusal.Algorithm => "its token is not signed with RS256",
            Refusal.Issuer => "its token comes from another issuer; see Teams:Cloud and Teams:Issuer",
            Refusal.Audience => "its token is for another bot; see Teams:AppId",
            Refusal.Lifetime => "its token has expired, is not valid yet, or never expires; check this machine's clock",
            Refusal.UnknownKey => "its token is signed with a key that is not published; see Teams:OpenIdMetadata",
            Refusal.Signature => "the signature of its token is wrong",
            Refusal.KeysUnavailable => "the keys that would prove its token cannot be fetched",
            Refusal.Channel => "its message is not from Teams",
            Refusal.Endorsement => "its token is signed with a key that does not speak for Teams",
            Refusal.ServiceUrl => "its token is for another service address than its message names",
            Refusal.Tenant => "its tenant may not use the bot; see Teams:AllowedTenants",
            Refusal.Recipient => "its message is for another bot; see Teams:AppId",
        };
    }
}
