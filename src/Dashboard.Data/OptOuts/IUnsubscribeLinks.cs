using Dashboard.Domain.Contacts;

namespace Dashboard.Data.OptOuts;

/// <summary>
/// Signed links with which a customer leaves a channel without signing in: <c>{public address}/unsubscribe/{token}</c>. The
/// engine puts them into messages, the web answers them.
/// </summary>
public interface IUnsubscribeLinks
{
    /// <summary>The link for one customer and channel; null when no public address is configured.</summary>
    string? Create(Guid customerId, Channel channel);

    /// <summary>Whom a token is about; null when it is not one of ours.</summary>
    (Guid CustomerId, Channel Channel)? Read(string token);
}
