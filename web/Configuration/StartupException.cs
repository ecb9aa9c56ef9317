namespace Xunke.Web.Configuration;

/// <summary>The server cannot start for a reason that whoever started it can mend; the message is the whole story.</summary>
internal sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
