Console.Error.WriteLine("usage: bench/run list");
return 2;
