using System.Collections.Concurrent;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Dashboard.Domain.Contacts;
using Microsoft.Extensions.Options;

namespace Dashboard.Engine.Channels.Email;

/// <summary>
/// E-mail by SMTP (System.Net.Mail: STARTTLS, AUTH). SMTP has no idempotency key and cannot be asked later, so only what
/// certainly did not leave is tried again.
/// </summary>
public sealed class SmtpChannel : IChannel, IDisposable
{
    private readonly SmtpOptions _options;
    private readonly EngineOptions _engine;
    private readonly SemaphoreSlim _places;
    private readonly ConcurrentBag<SmtpClient> _clients = [];

    /// <summary>Keeps its connections open between messages.</summary>
    public SmtpChannel(IOptions<SmtpOptions> options, IOptions<EngineOptions> engine)
    {
        _options = options.Value;
        _engine = engine.Value;
        _places = new SemaphoreSlim(_options.MaxConnections);
    }

    /// <inheritdoc />
    public string Provider => "smtp";

    /// <inheritdoc />
    public async Task<SendOutcome> SendAsync(
        OutgoingMessage message,
        CancellationToken cancellationToken
    )
    {
        await _places.WaitAsync(cancellationToken);
        var client = _clients.TryTake(out var kept) ? kept : Connect();
        try
        {
            using var mail = Build(message);
            // SmtpClient.Timeout does not hold for its asynchronous methods.
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(_options.Timeout);
            await client.SendMailAsync(mail, patience.Token);
            _clients.Add(client);
            return new SendOutcome(
                SendKind.Accepted,
                ContactStatus.Sent,
                "sent",
                MessageId(message.AttemptId)
            );
        }
        catch (Exception failure) when (failure is SmtpException or FormatException)
        {
            client.Dispose();
            return SmtpFailures.Explain(failure);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            client.Dispose();
            return SmtpFailures.TimedOut(_options.Timeout);
        }
        catch
        {
            client.Dispose();
            throw;
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc />
    public Task<SendOutcome> LookUpAsync(
        Guid attemptId,
        Channel channel,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult(
            new SendOutcome(
                SendKind.Unknown,
                ContactStatus.Sent,
                "unconfirmed",
                MessageId(attemptId),
                Failure: "A mail server cannot be asked whether it took a message."
            )
        );

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        _places.Dispose();
    }

    private SmtpClient Connect()
    {
        var client = new SmtpClient(_options.Host, _options.Port)
        {
            EnableSsl = true,
            DeliveryFormat = SmtpDeliveryFormat.International,
        };
        client.EnableSsl = _options.StartTls;
        if (!string.IsNullOrEmpty(_options.Username))
        {
            client.Credentials = new NetworkCredential(_options.Username, _options.Password);
        }

        return client;
    }

    private MailMessage Build(OutgoingMessage message)
    {
        var name = string.IsNullOrWhiteSpace(_options.FromName)
            ? _engine.CompanyName
            : _options.FromName;
        var mail = new MailMessage
        {
            From = new MailAddress(_options.From, name, Encoding.UTF8),
            Subject = message.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = message.Text.ReplaceLineEndings("\r\n"),
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        mail.To.Add(new MailAddress(message.To, message.ToName, Encoding.UTF8));
        mail.Headers.Add("Message-ID", $"<{MessageId(message.AttemptId)}>");
        if (message.UnsubscribeUrl is { } url)
        {
            // RFC 8058: one click, no page, no questions.
            mail.Headers.Add("List-Unsubscribe", $"<{url}>");
            mail.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        if (message.Html is { } html)
        {
            var view = AlternateView.CreateAlternateViewFromString(
                html.ReplaceLineEndings("\r\n"),
                Encoding.UTF8,
                MediaTypeNames.Text.Html
            );
            view.TransferEncoding = TransferEncoding.QuotedPrintable;
            mail.AlternateViews.Add(view);
        }

        return mail;
    }

    private string MessageId(Guid attemptId) =>
        $"{attemptId:D}@{_options.From[(_options.From.IndexOf('@', StringComparison.Ordinal) + 1)..]}";
}
