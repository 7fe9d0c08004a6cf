"""How the crawler reaches the network: only public addresses, known ports, robots.txt, one identity a source."""
