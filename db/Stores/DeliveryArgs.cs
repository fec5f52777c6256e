using PatchBot.Core.Delivery;

namespace PatchBot.Db.Stores;

/// <summary>Keys that several stores bind.</summary>
internal static class DeliveryArgs
{
    extension(Args args)
    {
        public Args Channel(ChannelRef channel) => args.Text("platform", channel.Platform, 20).Text("channel", channel.Id, 300);

        public Args Subject(PostSubject subject) => args.Text("subject", subject.Value, 200);
    }
}
