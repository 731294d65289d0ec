from edge_config.configuration import main

main()
