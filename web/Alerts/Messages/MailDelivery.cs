using System.Globalization;
using System.Net.Mail;
using System.Net.Sockets;
using Xunke.Web.Mail;

namespace Xunke.Web.Alerts.Messages;

/// <summary>Mails messages. Servers put the address into what they answer, so only the code is kept.</summary>
internal sealed class MailDelivery(MailServer server)
{
    /// <summary>Sends a message to an address.</summary>
    public async Task<Delivery> SendAsync(string address, MessageText text, CancellationToken cancellationToken)
    {
        try
        {
            await server.SendAsync(address, text.Subject, text.Body, null, cancellationToken);
            return new Delivery(true, "250");
        }
        catch (SmtpFailedRecipientException fault)
        {
            return Refused(fault.StatusCode);
        }
        catch (SmtpException fault)
        {
            return fault.GetBaseException() is SocketException socket
                ? new Delivery(false, $"no connection: {socket.SocketErrorCode}")
                : Refused(fault.StatusCode);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Delivery(false, "no answer in time");
        }
        catch (Exception fault) when (fault is IOException or FormatException or InvalidOperationException
            or System.Security.Authentication.AuthenticationException)
        {
            return new Delivery(false, fault.GetType().Name);
        }
    }

    private static Delivery Refused(SmtpStatusCode code) => new(
        false, string.Create(CultureInfo.InvariantCulture, $"SMTP {(int)code} {code}"),
        IsFinal: code is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed
            or SmtpStatusCode.UserNotLocalTryAlternatePath);
}
