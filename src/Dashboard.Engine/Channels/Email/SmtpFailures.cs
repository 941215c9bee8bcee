using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;
using Dashboard.Domain.Contacts;

namespace Dashboard.Engine.Channels.Email;

/// <summary>Reads what a mail server or its connection said: did it leave, may it be tried again?</summary>
internal static class SmtpFailures
{
    /// <summary>The outcome; anything that is not certain is <see cref="SendKind.Unknown"/>.</summary>
    public static SendOutcome Explain(Exception failure) =>
        failure switch
        {
            FormatException => Rejected($"The address cannot be used: {failure.Message}"),
            SmtpException smtp => Explain(smtp),
            _ => Unknown(failure.Message),
        };

    /// <summary>The server did not answer in time; it may have taken the message.</summary>
    public static SendOutcome TimedOut(TimeSpan after) =>
        Unknown($"The mail server did not answer within {after.TotalSeconds:0} s.");

    private static SendOutcome Explain(SmtpException failure)
    {
        var code = (int)failure.StatusCode;
        return code switch
        {
            >= 500 and < 600 => Rejected(failure.Message),
            >= 400 and < 500 => NotSent(failure.Message),
            _ when NeverConnected(failure) => NotSent(
                $"The mail server cannot be reached: {failure.GetBaseException().Message}"
            ),
            _ => Unknown(failure.GetBaseException().Message),
        };
    }

    /// <summary>No connection, no TLS, no name: nothing can have left.</summary>
    private static bool NeverConnected(SmtpException failure)
    {
        for (var inner = failure.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (
                inner is AuthenticationException
                || inner
                    is SocketException
                    {
                        SocketErrorCode: SocketError.ConnectionRefused
                            or SocketError.HostNotFound
                            or SocketError.HostUnreachable
                            or SocketError.NetworkUnreachable
                            or SocketError.NoData
                            or SocketError.TryAgain
                    }
            )
            {
                return true;
            }
        }

        return false;
    }

    private static SendOutcome Rejected(string why) =>
        new(SendKind.Rejected, ContactStatus.Bounced, "bounced", Failure: why);

    private static SendOutcome NotSent(string why) =>
        new(SendKind.NotSent, ContactStatus.Failed, "not_sent", Failure: why);

    private static SendOutcome Unknown(string why) =>
        new(SendKind.Unknown, ContactStatus.Sent, "unconfirmed", Failure: why);
}
