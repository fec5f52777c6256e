using Xunit.v3;

// Processes and a browser share the machine with whatever else is tested.
[assembly: Parallelization(MaxThreads = 2)]
