System.Console.WriteLine("The first complaint comes here.");
